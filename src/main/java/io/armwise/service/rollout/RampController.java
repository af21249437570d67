package io.armwise.service.rollout;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.Role;
import io.armwise.service.rollout.RampProgress.Progress;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far a ramp is, over HTTP. Thread-safe. */
@Controller("/v1/experiments/{key}/ramp")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Experiments")
final class RampController {
  private final ExperimentStore experiments;
  private final RampProgress progress;

  RampController(ExperimentStore experiments, RampProgress progress) {
    this.experiments = experiments;
    this.progress = progress;
  }

  /**
   * How far a ramp is.
   *
   * @param step the step whose share has been reached, from 1; 0 below the first
   * @param share the share of traffic now
   * @param next the share of the next step; absent on the last
   * @param since since when the share has been held; absent before the experiment starts
   * @param dueAt when the next step is due at the earliest
   * @param held why the next step waits although its time has come
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "RampProgress")
  record View(
      int step,
      int steps,
      double share,
      @Nullable Double next,
      @Nullable Instant since,
      @Nullable Instant dueAt,
      @Nullable String held) {}

  @Get
  @Access(Role.READ)
  @Operation(summary = "How far the traffic ramp is, and what holds it")
  View ramp(String key) {
    Experiment experiment =
        experiments.find(key).orElseThrow(() -> ProblemException.unknownExperiment(key));
    RampStage stage =
        RampStage.of(experiment.definition())
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemCode.NOT_FOUND, "Experiment '" + key + "' has no ramp."));
    double share = experiment.definition().trafficShare();
    Progress known = progress.of(experiment.id()).filter(p -> p.share() == share).orElse(null);
    return new View(
        stage.step(),
        stage.steps(),
        share,
        stage.next().isPresent() ? stage.next().get() : null,
        known == null ? null : known.since(),
        known == null || stage.next().isEmpty() ? null : stage.dueAt(known.since()),
        known == null ? null : known.held());
  }
}
