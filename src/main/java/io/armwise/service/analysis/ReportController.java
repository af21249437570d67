package io.armwise.service.analysis;

import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.Role;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Reports over HTTP. Thread-safe. */
@Controller("/v1/experiments/{key}/report")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Reports")
final class ReportController {
  private final ExperimentStore experiments;
  private final Reports reports;

  ReportController(ExperimentStore experiments, Reports reports) {
    this.experiments = experiments;
    this.reports = reports;
  }

  @Get
  @Access(Role.READ)
  @Operation(summary = "What the evidence says now")
  Report report(String key) {
    return reports.of(
        experiments.find(key).orElseThrow(() -> ProblemException.unknownExperiment(key)));
  }
}
