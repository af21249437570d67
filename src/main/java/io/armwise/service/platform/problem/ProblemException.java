package io.armwise.service.platform.problem;

import io.armwise.bandits.experiment.Violation;
import java.util.List;

/** Ends a request with a problem. Thrown by controllers and what they call; no stack trace. */
public final class ProblemException extends RuntimeException {
  private final ProblemCode code;
  private final transient List<Violation> errors;

  public ProblemException(ProblemCode code, String detail) {
    this(code, detail, List.of());
  }

  public ProblemException(ProblemCode code, String detail, List<Violation> errors) {
    super(detail, null, false, false);
    this.code = code;
    this.errors = List.copyOf(errors);
  }

  /** A request whose field breaks a rule. */
  public static ProblemException invalid(String field, String rule, String value) {
    Violation violation = new Violation(field, rule, value);
    return new ProblemException(
        ProblemCode.INVALID_REQUEST, violation.toString(), List.of(violation));
  }

  /** No experiment has this key. */
  public static ProblemException unknownExperiment(String key) {
    return new ProblemException(
        ProblemCode.UNKNOWN_EXPERIMENT, "There is no experiment with key '" + key + "'.");
  }

  public ProblemCode code() {
    return code;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public List<Violation> errors() {
    return errors;
  }
}
