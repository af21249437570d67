package io.armwise.service.rollout;

import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.Role;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/** How far a ramp is, over HTTP. Thread-safe. */
@Controller("/v1/experiments/{key}/ramp")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Experiments")
final class RampController {
  private final ExperimentStore experiments;
  private final RampStandings standings;

  RampController(ExperimentStore experiments, RampStandings standings) {
    this.experiments = experiments;
    this.standings = standings;
  }

  @Get
  @Access(Role.READ)
  @Operation(summary = "How far the traffic ramp is, and what holds it")
  RampStanding ramp(String key) {
    Experiment experiment =
        experiments.find(key).orElseThrow(() -> ProblemException.unknownExperiment(key));
    return standings
        .of(experiment)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemCode.NOT_FOUND, "Experiment '" + key + "' has no ramp."));
  }
}
