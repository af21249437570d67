package io.armwise.service.experiment;

import io.armwise.bandits.decision.Targeting;
import io.armwise.bandits.experiment.TargetingRule;
import io.armwise.targeting.CelCompiler;
import io.armwise.targeting.CelCompiler.Check;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Checks and compiles conditions, each one once: an experiment is read far more often than its
 * condition changes. Thread-safe.
 */
public final class Conditions implements Targeting.Compiler {
  /** The one of this process. */
  public static final Conditions SHARED = new Conditions();

  private static final int REMEMBERED = 4_096;

  private final CelCompiler compiler = new CelCompiler();
  private final Map<TargetingRule, Check> checks =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<TargetingRule, Check> eldest) {
              return size() > REMEMBERED;
            }
          });

  private Conditions() {}

  /** Whether a condition is right, and where not. */
  Check check(TargetingRule rule) {
    return checks.computeIfAbsent(rule, compiler::check);
  }

  @Override
  public Targeting compile(TargetingRule rule) {
    return switch (check(rule)) {
      case Check.Valid(Targeting targeting) -> targeting;
      case Check.Invalid invalid ->
          throw new IllegalArgumentException(
              "condition '" + rule.expression() + "' is invalid: " + invalid.message());
    };
  }
}
