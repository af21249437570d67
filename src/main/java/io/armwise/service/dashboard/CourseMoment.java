package io.armwise.service.dashboard;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.service.snapshot.AllocationVersion;
import io.armwise.service.snapshot.AllocationVersion.ArmFigures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An allocation version as pages show it: without figures that rest on too few units.
 *
 * @param version what was in force
 * @param known whether every arm in the running then had the units that figures need
 */
record CourseMoment(AllocationVersion version, boolean known) {

  /** The moments of a course, in its order. */
  static List<CourseMoment> of(ExperimentDefinition definition, List<AllocationVersion> versions) {
    long needed = definition.rule().minimumUnits();
    return versions.stream()
        .map(version -> new CourseMoment(version, fewest(version) >= needed))
        .toList();
  }

  private static long fewest(AllocationVersion version) {
    return version.arms().stream()
        .filter(arm -> arm.probabilityToBeBest() != null)
        .mapToLong(ArmFigures::units)
        .min()
        .orElse(-1);
  }

  /** An arm's share of the traffic, in [0, 1]. */
  double share(int arm) {
    return arm < version.shares().arms() ? version.shares().share(arm) / (double) Shares.TOTAL : 0;
  }

  @Nullable Double best(int arm) {
    return known && arm < version.arms().size()
        ? version.arms().get(arm).probabilityToBeBest()
        : null;
  }

  @Nullable Double loss(int arm) {
    return known && arm < version.arms().size() ? version.arms().get(arm).expectedLoss() : null;
  }

  @Nullable Double mean(int arm) {
    return best(arm) == null ? null : version.arms().get(arm).mean();
  }
}
