package io.armwise.bandits.decision;

import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.token.DecisionToken;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for a unit.
 *
 * @param unit the unit
 * @param attributes what is known of it, see {@link Targeting}; kept as it is, so it must not
 *     change
 * @param last the unit's last decision in this experiment, if it handed one back; one of another
 *     unit or experiment is passed over
 * @param exploit whether nothing is to be learned from the unit, which then gets the best arm
 */
public record Question(
    UnitHash unit, Map<String, ?> attributes, @Nullable DecisionToken last, boolean exploit) {

  /** A unit of which nothing is known. */
  public static Question of(UnitHash unit) {
    return new Question(unit, Map.of(), null, false);
  }

  /** A unit with attributes. */
  public static Question of(UnitHash unit, Map<String, ?> attributes) {
    return new Question(unit, attributes, null, false);
  }

  /** The same for a unit that hands back its last decision. */
  public Question after(@Nullable DecisionToken decision) {
    return new Question(unit, attributes, decision, exploit);
  }
}
