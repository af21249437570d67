package io.armwise.service.erasure;

import io.armwise.bandits.assignment.UnitHash;
import io.armwise.service.erasure.Erasures.Erased;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.Caller;
import io.armwise.service.platform.security.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Erasing units over HTTP. Thread-safe. */
@Controller("/v1/erasures")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Erasure")
final class ErasureController {
  private final Erasures erasures;

  ErasureController(Erasures erasures) {
    this.erasures = erasures;
  }

  /**
   * Which unit.
   *
   * @param unit its id; else {@code unitHash}
   * @param unitHash 32 hexadecimal digits
   * @param reason for the audit trail
   */
  @Schema(name = "Erasure")
  record ErasureRequest(@Nullable String unit, @Nullable String unitHash, @Nullable String reason) {

    UnitHash hash() {
      if ((unit == null) == (unitHash == null)) {
        throw ProblemException.invalid(
            "unit", "must be given, or unitHash, and not both", unit == null ? "neither" : "both");
      }
      try {
        return unit == null ? Erasures.unitHash(String.valueOf(unitHash)) : UnitHash.of(unit);
      } catch (IllegalArgumentException e) {
        throw ProblemException.invalid(
            unit == null ? "unitHash" : "unit", String.valueOf(e.getMessage()), "another text");
      }
    }
  }

  @Post
  @Access(Role.ADMIN)
  @Operation(
      summary = "Erase a unit",
      description =
          "202: the unit counts nowhere any more, and nothing of it is kept but that. Experiments"
              + " that still learn are told through the log, within seconds.")
  HttpResponse<Erased> erase(
      @RequestBody(content = @Content(schema = @Schema(implementation = ErasureRequest.class)))
          @Body
          String body,
      HttpRequest<?> request) {
    ErasureRequest wanted =
        StrictJson.read(body.getBytes(StandardCharsets.UTF_8), ErasureRequest.class);
    return HttpResponse.accepted()
        .body(erasures.erase(wanted.hash(), Caller.of(request).name(), wanted.reason()));
  }
}
