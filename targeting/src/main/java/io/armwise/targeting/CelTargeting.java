package io.armwise.targeting;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import io.armwise.bandits.condition.Condition;
import io.armwise.bandits.decision.Targeting;
import io.armwise.bandits.experiment.TargetingRule;
import io.armwise.bandits.experiment.TargetingRule.AttributeType;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A condition that the language's own runtime evaluates. Immutable. */
final class CelTargeting implements Targeting {
  private final TargetingRule rule;
  private final CelRuntime.Program program;

  CelTargeting(TargetingRule rule, CelRuntime.Program program) {
    this.rule = rule;
    this.program = program;
  }

  @Override
  public Match test(Map<String, ?> attributes) {
    try {
      if (program.eval(variables(attributes)) instanceof Boolean holds) {
        return holds ? Match.YES : Match.NO;
      }
      return Match.FAILED;
    } catch (CelEvaluationException e) {
      return Match.FAILED;
    }
  }

  @Override
  public TargetingRule rule() {
    return rule;
  }

  @Override
  public String failure(Map<String, ?> attributes) {
    try {
      Object value = program.eval(variables(attributes));
      return value instanceof Boolean ? "" : "the condition is neither true nor false: " + value;
    } catch (CelEvaluationException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private CelVariableResolver variables(Map<String, ?> attributes) {
    return name ->
        name.equals(CelCompiler.ATTRIBUTES)
            ? Optional.of(attributes)
            : Optional.ofNullable(declared(name, attributes));
  }

  /** What is missing or of another type than declared has no value. */
  private @Nullable Object declared(String name, Map<String, ?> attributes) {
    AttributeType type = rule.attributes().get(name);
    if (type == null) {
      return null;
    }
    Object value = new Condition.Attribute(name, type).value(attributes);
    return Condition.isNone(value) ? null : value;
  }
}
