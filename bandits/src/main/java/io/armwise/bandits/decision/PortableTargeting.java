package io.armwise.bandits.decision;

import io.armwise.bandits.condition.Condition;
import io.armwise.bandits.experiment.TargetingRule;
import java.util.Map;

/**
 * A condition that every client can evaluate. Immutable.
 *
 * @param rule the condition as it was written
 * @param condition the same as a term
 */
public record PortableTargeting(TargetingRule rule, Condition condition) implements Targeting {
  @Override
  public Match test(Map<String, ?> attributes) {
    if (condition.value(attributes) instanceof Boolean holds) {
      return holds ? Match.YES : Match.NO;
    }
    return Match.FAILED;
  }

  @Override
  public String failure(Map<String, ?> attributes) {
    if (test(attributes) != Match.FAILED) {
      return "";
    }
    for (Map.Entry<String, TargetingRule.AttributeType> declared : rule.attributes().entrySet()) {
      Object value = attributes.get(declared.getKey());
      Condition read = new Condition.Attribute(declared.getKey(), declared.getValue());
      if (Condition.isNone(read.value(attributes))) {
        return value == null
            ? "attribute '" + declared.getKey() + "' is missing"
            : "attribute '" + declared.getKey() + "' must be " + declared.getValue().json();
      }
    }
    return "an attribute that the condition reads is missing or of another type";
  }
}
