package io.armwise.service.decision;

import io.armwise.service.decision.Decision.Decisions;
import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.Role;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Decisions over HTTP. Runs on the event loop: nothing here waits. Thread-safe. */
@Controller(DecisionController.PATH)
@Tag(name = "Decisions")
final class DecisionController {
  static final String PATH = "/v1/decisions";

  private final DecisionAnswers answers;

  DecisionController(DecisionAnswers answers) {
    this.answers = answers;
  }

  @Post
  @Access(Role.SERVE)
  @Operation(summary = "Decide which arm a unit gets")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Decisions.class)))
  byte[] decide(
      @RequestBody(content = @Content(schema = @Schema(implementation = DecisionRequest.class)))
          @Body
          byte[] body) {
    return answers.answer(body);
  }
}
