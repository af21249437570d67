package io.armwise.service.rebuild;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.inference.Standings;
import io.armwise.posterior.ExactSums;
import io.armwise.service.evidence.RebuiltEvidence;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.rebuild.RebuildReport.Comparison;
import io.armwise.service.snapshot.AllocationVersion;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Derives allocation versions again from the evidence at their positions, the definition that was
 * in force and the shares before. One thread.
 */
final class AllocationCheck {
  private final Map<Of, Experiment> definitions;
  private final Map<Of, Shares> shares = new HashMap<>();
  private final Differences evidence = new Differences("evidence of allocation versions");
  private final Differences allocations = new Differences("shares of allocation versions");

  /**
   * A numbered version of an experiment or of its allocation.
   *
   * @param experiment id
   * @param version number
   */
  record Of(int experiment, long version) {}

  /**
   * A check that has seen nothing.
   *
   * @param definitions experiments as they were at each version
   * @param versions all that will be derived, and those before the first of them
   */
  AllocationCheck(Map<Of, Experiment> definitions, List<AllocationVersion> versions) {
    this.definitions = definitions;
    versions.forEach(
        version -> shares.put(new Of(version.experiment(), version.version()), version.shares()));
  }

  /** Derives a version; {@code rebuilt} is the evidence at its positions. */
  void check(AllocationVersion version, RebuiltEvidence rebuilt) {
    Experiment experiment =
        definitions.get(new Of(version.experiment(), version.definitionVersion()));
    @Nullable Shares before = shares.get(new Of(version.experiment(), version.version() - 1));
    if (experiment == null || (before == null && version.version() > 1)) {
      evidence.skip();
      allocations.skip();
      return;
    }
    String where = experiment.key() + " version " + version.version();
    ExperimentDefinition definition = experiment.definition();
    List<ExactSums> sums =
        rebuilt.arms(
            experiment.id(),
            definition.metric().key(),
            definition.arms().size(),
            version.exposedBefore());
    evidence.compare(
        where,
        version.arms().stream()
            .map(
                arm ->
                    figures(arm.units(), new ExactSums(arm.units(), arm.sum(), arm.sumOfSquares())))
            .toList(),
        sums.stream().map(arm -> figures(arm.count(), arm)).toList());
    Shares derived = Standings.of(definition, sums).allocate(before).shares();
    allocations.compare(where, text(version.shares()), text(derived));
  }

  private static String figures(long units, ExactSums sums) {
    return units
        + " units, sum "
        + sums.sum().stripTrailingZeros().toPlainString()
        + ", squares "
        + sums.sumOfSquares().stripTrailingZeros().toPlainString();
  }

  private static String text(Shares shares) {
    return Arrays.toString(shares.toArray());
  }

  List<Comparison> comparisons() {
    return List.of(evidence.comparison(), allocations.comparison());
  }
}
