package io.armwise.service.platform.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.armwise.bandits.experiment.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error as JSON, RFC 9457.
 *
 * @param type a relative URI of the code's description
 * @param title one line, the same for every problem of the code
 * @param status HTTP status
 * @param code one of {@link ProblemCode}
 * @param detail what went wrong this time and what would be right
 * @param instance path of the request
 * @param errors the fields at fault, with rule and value
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    String code,
    String detail,
    @Nullable String instance,
    List<Violation> errors) {

  static Problem of(
      ProblemCode code, String detail, @Nullable String instance, List<Violation> errors) {
    return new Problem(
        "/problems#" + code.json(),
        code.title(),
        code.status().getCode(),
        code.json(),
        detail,
        instance,
        errors);
  }
}
