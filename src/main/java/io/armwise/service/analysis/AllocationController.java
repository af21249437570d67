package io.armwise.service.analysis;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.platform.database.Database;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.Role;
import io.armwise.service.snapshot.AllocationStore;
import io.armwise.service.snapshot.AllocationVersion;
import io.armwise.service.snapshot.AllocationVersion.ArmFigures;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The course of an experiment's allocation over HTTP. Thread-safe. */
@Controller("/v1/experiments/{key}/allocations")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Reports")
final class AllocationController {
  private static final int DEFAULT_POINTS = 200;
  private static final int MAX_POINTS = 5_000;

  private final ExperimentStore experiments;
  private final AllocationStore allocations;
  private final Database database;

  AllocationController(
      ExperimentStore experiments, AllocationStore allocations, Database database) {
    this.experiments = experiments;
    this.allocations = allocations;
    this.database = database;
  }

  /** Versions, oldest first. */
  @Schema(name = "Allocations")
  record Course(List<VersionView> versions) {}

  /**
   * A version.
   *
   * @param positions per partition the next offset of the log that its evidence covers
   */
  @Schema(name = "AllocationVersion")
  record VersionView(
      long version,
      int definitionVersion,
      String reason,
      Instant createdAt,
      List<ArmView> arms,
      double numericalError,
      Map<Integer, Long> positions) {}

  /**
   * An arm in a version.
   *
   * @param share as an integer; all sum to 2^32
   * @param propensity {@code share / 2^32}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "AllocatedArm")
  record ArmView(
      String arm,
      long share,
      double propensity,
      long units,
      double mean,
      @Nullable Double probabilityToBeBest,
      @Nullable Double expectedLoss) {}

  @Get
  @Access(Role.READ)
  @Operation(
      summary = "The allocation versions, evenly thinned to a number of points, oldest first")
  Course course(String key, @Nullable @QueryValue Integer points) {
    int wanted = points == null ? DEFAULT_POINTS : points;
    if (!(wanted >= 2 && wanted <= MAX_POINTS)) {
      throw ProblemException.invalid(
          "points", "must be from 2 to " + MAX_POINTS, String.valueOf(wanted));
    }
    Experiment experiment =
        experiments.find(key).orElseThrow(() -> ProblemException.unknownExperiment(key));
    return new Course(
        allocations.course(database.dsl(), experiment.id(), wanted).stream()
            .map(version -> view(experiment, version))
            .toList());
  }

  private static VersionView view(Experiment experiment, AllocationVersion version) {
    List<ArmView> arms = new ArrayList<>();
    for (int arm = 0; arm < version.arms().size(); arm++) {
      ArmFigures figures = version.arms().get(arm);
      arms.add(
          new ArmView(
              experiment.definition().arms().get(arm).key(),
              version.shares().share(arm),
              version.shares().propensity(arm),
              figures.units(),
              figures.mean(),
              figures.probabilityToBeBest(),
              figures.expectedLoss()));
    }
    return new VersionView(
        version.version(),
        version.definitionVersion(),
        version.reason().name().toLowerCase(Locale.ROOT),
        version.createdAt(),
        arms,
        version.numericalError(),
        version.positions());
  }
}
