package io.armwise.targeting;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.armwise.bandits.condition.Condition;
import io.armwise.bandits.decision.PortableTargeting;
import io.armwise.bandits.decision.Targeting;
import io.armwise.bandits.experiment.TargetingRule;
import io.armwise.bandits.experiment.TargetingRule.AttributeType;
import java.util.Optional;

/**
 * Checks conditions and turns them into functions. What lies in the portable part of the language
 * becomes a {@link Condition}, which is some ten times as fast; the rest is left to the language's
 * own runtime. Thread-safe.
 */
public final class CelCompiler implements Targeting.Compiler {

  /** The variable that holds all attributes. */
  static final String ATTRIBUTES = "attributes";

  /** The longest condition, in characters. */
  public static final int MAX_LENGTH = 2_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .maxExpressionCodePointSize(MAX_LENGTH)
          .maxParseRecursionDepth(32)
          .maxParseErrorRecoveryLimit(1)
          .comprehensionMaxIterations(1_000)
          .maxRegexProgramSize(1_000)
          .build();

  private final CelRuntime runtime;

  /** A compiler. */
  public CelCompiler() {
    this.runtime = CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();
  }

  /** Whether a condition is right. */
  public sealed interface Check {
    /** It is. */
    record Valid(Targeting targeting) implements Check {}

    /**
     * It is not.
     *
     * @param line of the first error, from 1; 0 if it has no place
     * @param column of the first error, from 1
     * @param message what is wrong there
     */
    record Invalid(int line, int column, String message) implements Check {}
  }

  /** Reads a condition, checks its types and compiles it. */
  public Check check(TargetingRule rule) {
    try {
      CelAbstractSyntaxTree checked = compiler(rule).compile(rule.expression()).getAst();
      Optional<Condition> portable = new Translation(rule).condition(checked.getExpr());
      return new Check.Valid(
          portable.isPresent()
              ? new PortableTargeting(rule, portable.get())
              : new CelTargeting(rule, runtime.createProgram(checked)));
    } catch (CelValidationException e) {
      CelIssue first = e.getErrors().getFirst();
      CelSourceLocation place = first.getSourceLocation();
      return new Check.Invalid(
          Math.max(0, place.getLine()), place.getColumn() + 1, first.getMessage());
    } catch (CelEvaluationException e) {
      return new Check.Invalid(0, 0, String.valueOf(e.getMessage()));
    }
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

  /** A condition for the language's own runtime, portable or not. */
  Targeting compileForRuntime(TargetingRule rule)
      throws CelValidationException, CelEvaluationException {
    return new CelTargeting(
        rule, runtime.createProgram(compiler(rule).compile(rule.expression()).getAst()));
  }

  private static dev.cel.compiler.CelCompiler compiler(TargetingRule rule) {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setResultType(SimpleType.BOOL)
            .addVar(ATTRIBUTES, MapType.create(SimpleType.STRING, SimpleType.DYN));
    rule.attributes().forEach((name, type) -> builder.addVar(name, celType(type)));
    return builder.build();
  }

  private static CelType celType(AttributeType type) {
    return switch (type) {
      case STRING -> SimpleType.STRING;
      case INT -> SimpleType.INT;
      case DOUBLE -> SimpleType.DOUBLE;
      case BOOL -> SimpleType.BOOL;
    };
  }
}
