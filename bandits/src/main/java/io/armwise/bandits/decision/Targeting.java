package io.armwise.bandits.decision;

import io.armwise.bandits.experiment.TargetingRule;
import java.util.Map;

/**
 * A compiled condition: a pure function of a request's attributes. Implementations are immutable,
 * safe for use by any number of threads, and never throw.
 *
 * <p>Attributes are the values of JSON: {@code String}, {@code Boolean}, {@code Long}, {@code
 * Double}, {@code List} and {@code Map} of them; what is absent or null is not in the map.
 */
public interface Targeting {

  /** What a condition says about attributes. */
  enum Match {
    /** The condition holds. */
    YES,
    /** It does not hold. */
    NO,
    /** It has no value, for example because an attribute is missing: not targeted. */
    FAILED
  }

  /**
   * Holds the attributes against the condition.
   *
   * @param attributes by name
   * @return whether the condition holds
   */
  Match test(Map<String, ?> attributes);

  /** The condition as it was written. */
  TargetingRule rule();

  /**
   * Why {@link #test} answers {@link Match#FAILED}, for people.
   *
   * @param attributes by name
   * @return the cause; empty if the condition has a value
   */
  String failure(Map<String, ?> attributes);

  /** Turns conditions that have been checked before into functions. */
  interface Compiler {
    /** For experiments without conditions: refuses every one. */
    Compiler NONE =
        rule -> {
          throw new IllegalArgumentException("no condition can be compiled here, got " + rule);
        };

    /**
     * The function of a condition.
     *
     * @throws IllegalArgumentException if it has a syntax or type error
     */
    Targeting compile(TargetingRule rule);
  }
}
