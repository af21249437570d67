package io.armwise.service.decision;

import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.bandits.experiment.Violation;
import io.armwise.bandits.token.DecisionToken;
import io.armwise.bandits.token.DecisionTokens;
import io.armwise.bandits.token.TokenReading;
import io.armwise.service.decision.Decision.Decisions;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.Role;
import io.armwise.service.snapshot.LiveExperiment;
import io.armwise.service.snapshot.Snapshot;
import io.armwise.service.snapshot.Snapshots;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decisions over HTTP. Runs on the event loop: nothing here waits. Thread-safe. */
@Controller("/v1/decisions")
@Tag(name = "Decisions")
final class DecisionController {
  private static final int MAX_DECISIONS = 10_000;

  private final Snapshots snapshots;
  private final Decider decider;
  private final DecisionTokens tokens;

  DecisionController(Snapshots snapshots, Decider decider, DecisionTokens tokens) {
    this.snapshots = snapshots;
    this.decider = decider;
    this.tokens = tokens;
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
    DecisionRequest request = DecisionRequestReader.read(body);
    Snapshot snapshot = snapshots.current();
    Duration age = snapshots.age();
    List<LiveExperiment> experiments = experiments(request, snapshot);
    List<@Nullable String> units = units(request);
    if ((long) experiments.size() * units.size() > MAX_DECISIONS) {
      throw ProblemException.invalid(
          "units",
          "must ask for at most " + MAX_DECISIONS + " decisions",
          String.valueOf((long) experiments.size() * units.size()));
    }
    DecisionToken last = token(request.token());
    List<Decision> decisions = new ArrayList<>(experiments.size() * units.size());
    for (LiveExperiment live : experiments) {
      for (int i = 0; i < units.size(); i++) {
        decisions.add(
            decider.decide(live, unit(units, i, live, request), lastOf(last, live, request), age));
      }
    }
    return DecisionWriter.write(decisions);
  }

  private static List<LiveExperiment> experiments(DecisionRequest request, Snapshot snapshot) {
    if ((request.experiment() == null) == (request.experiments() == null)) {
      throw ProblemException.invalid(
          "experiment",
          "is required: either 'experiment' or 'experiments'",
          request.experiment() == null ? "none" : "both");
    }
    List<LiveExperiment> found = new ArrayList<>();
    if (request.experiment() != null) {
      found.add(experiment("experiment", request.experiment(), snapshot));
      return found;
    }
    List<@Nullable String> keys = request.experiments() == null ? List.of() : request.experiments();
    if (keys.isEmpty()) {
      throw ProblemException.invalid("experiments", "must name at least one experiment", "none");
    }
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i);
      found.add(experiment("experiments[" + i + "]", key == null ? "null" : key, snapshot));
    }
    return found;
  }

  private static LiveExperiment experiment(String field, String key, Snapshot snapshot) {
    LiveExperiment live =
        snapshot
            .find(key)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemCode.UNKNOWN_EXPERIMENT,
                        "There is no started experiment with key '" + key + "'.",
                        List.of(new Violation(field, "must be a started experiment", key))));
    ExperimentStatus status = live.experiment().status();
    if (!status.isLearning()) {
      throw new ProblemException(
          ProblemCode.WRONG_STATUS,
          "Experiment '" + key + "' is " + status.name().toLowerCase(Locale.ROOT) + ".",
          List.of(new Violation(field, "must be running or paused", key)));
    }
    return live;
  }

  private static List<@Nullable String> units(DecisionRequest request) {
    if (request.unit() != null && request.units() != null) {
      throw ProblemException.invalid("unit", "must not be sent together with 'units'", "both");
    }
    if (request.units() == null) {
      List<@Nullable String> one = new ArrayList<>();
      one.add(request.unit());
      return one;
    }
    if (request.units().isEmpty()) {
      throw ProblemException.invalid("units", "must name at least one unit", "none");
    }
    return request.units();
  }

  private static String unit(
      List<@Nullable String> units, int index, LiveExperiment live, DecisionRequest request) {
    String unit = units.get(index);
    String field = request.units() == null ? "unit" : "units[" + index + "]";
    if (unit == null) {
      if (request.units() == null && live.definition().unit().isRequest()) {
        return UUID.randomUUID().toString();
      }
      throw ProblemException.invalid(
          field, "is required: the id of the " + live.definition().unit().name(), "nothing");
    }
    try {
      UnitHash.of(unit);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid(field, String.valueOf(e.getMessage()), shortened(unit));
    }
    return unit;
  }

  private @Nullable DecisionToken token(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return switch (tokens.decode(text)) {
      case TokenReading.Valid(DecisionToken token, int keyId) -> token;
      case TokenReading.Malformed(String reason) -> throw invalidToken(reason, text);
      case TokenReading.UnknownKey(int keyId) ->
          throw invalidToken("signed with the unknown key " + keyId, text);
      case TokenReading.Forged(int keyId) -> throw invalidToken("the signature is wrong", text);
    };
  }

  /** The token where it belongs to this experiment; alone, it must. */
  private static @Nullable DecisionToken lastOf(
      @Nullable DecisionToken last, LiveExperiment live, DecisionRequest request) {
    if (last == null || last.experiment() == live.experiment().id()) {
      return last;
    }
    if (request.experiment() != null) {
      throw invalidToken("it belongs to another experiment", String.valueOf(request.token()));
    }
    return null;
  }

  private static ProblemException invalidToken(String reason, String text) {
    return new ProblemException(
        ProblemCode.INVALID_TOKEN,
        "The decision token is not valid: " + reason + ".",
        List.of(new Violation("token", "must be a token of this service", shortened(text))));
  }

  private static String shortened(String text) {
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }
}
