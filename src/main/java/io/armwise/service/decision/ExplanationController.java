package io.armwise.service.decision;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.token.DecisionToken;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.Role;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a unit got its arm, over HTTP. Thread-safe. */
@Controller("/v1/experiments/{key}/explain")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Decisions")
final class ExplanationController {
  private final Explanations explanations;
  private final ExperimentStore experiments;
  private final TokenParameter tokens;
  private final Clock clock;

  ExplanationController(
      Explanations explanations, ExperimentStore experiments, TokenParameter tokens, Clock clock) {
    this.explanations = explanations;
    this.experiments = experiments;
    this.tokens = tokens;
    this.clock = clock;
  }

  @Get
  @Access(Role.READ)
  @Operation(
      summary = "Explain why a unit gets its arm",
      description =
          "Either unit, with a time (default: now), or a decision's token. Attributes, a JSON"
              + " object, are what conditions look at; they are not stored.")
  ExplanationView explain(
      String key,
      @Nullable @QueryValue String unit,
      @Nullable @QueryValue String at,
      @Nullable @QueryValue String token,
      @Nullable @QueryValue String attributes) {
    Experiment experiment =
        experiments.find(key).orElseThrow(() -> ProblemException.unknownExperiment(key));
    if ((unit == null) == (token == null)) {
      throw ProblemException.invalid(
          "unit", "is required: either 'unit' or 'token'", unit == null ? "none" : "both");
    }
    Map<String, Object> known = attributes(attributes);
    if (token != null) {
      if (at != null) {
        throw ProblemException.invalid("at", "must not be sent with a token, which has a time", at);
      }
      DecisionToken decision = tokens.read(token);
      tokens.requireExperiment(decision, experiment.id(), token);
      return explanations.of(key, decision, known).orElseThrow(() -> neverRan(key));
    }
    Instant time = at == null ? clock.instant() : time(at);
    return explanations
        .of(key, unit(String.valueOf(unit)), known, time)
        .orElseThrow(() -> neverRan(key));
  }

  private static Map<String, Object> attributes(@Nullable String json) {
    return json == null
        ? Map.of()
        : Attributes.of(
            StrictJson.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class), "attributes");
  }

  private static String unit(String unit) {
    try {
      UnitHash.of(unit);
      return unit;
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("unit", String.valueOf(e.getMessage()), "another text");
    }
  }

  private static Instant time(String at) {
    try {
      return Instant.parse(at);
    } catch (DateTimeParseException e) {
      throw ProblemException.invalid("at", "must be a time such as 2026-11-21T10:15:30Z", at);
    }
  }

  private static ProblemException neverRan(String key) {
    return new ProblemException(
        ProblemCode.WRONG_STATUS, "Experiment '" + key + "' had no allocation at that time.");
  }
}
