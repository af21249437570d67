package io.armwise.service.analysis;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.posterior.sequential.SampleRatioMartingale;
import io.armwise.posterior.sequential.SampleRatioMartingale.Arm;
import io.armwise.service.analysis.Report.ArrivedView;
import io.armwise.service.analysis.Report.SampleRatioView;
import io.armwise.service.snapshot.AllocationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds the units of each arm against the shares that were in force for them. Pure. */
final class SampleRatios {
  /** The rate of false alarms over the whole life of an experiment. */
  static final double ALPHA = 0.001;

  private static final Arm NOTHING = new Arm(0, 0, 0);

  private SampleRatios() {}

  /**
   * The comparison.
   *
   * @param arrived per arm, of the units whose decision is known; may be empty or end early
   * @param counted units per arm
   * @param only the shares that were in force all the time; empty where they have moved
   */
  static SampleRatioView of(
      ExperimentDefinition definition,
      List<Arm> arrived,
      List<Long> counted,
      Optional<AllocationVersion> only) {
    List<Arm> arms = new ArrayList<>();
    for (int slot = 0; slot < definition.arms().size(); slot++) {
      arms.add(slot < arrived.size() ? arrived.get(slot) : NOTHING);
    }
    only.ifPresent(version -> addUnnamed(arms, counted, version.shares()));
    long units = arms.stream().mapToLong(Arm::units).sum();
    if (units == 0) {
      return new SampleRatioView(0, null, false, List.of());
    }
    double p = new SampleRatioMartingale(arms).pValue();
    List<ArrivedView> views = new ArrayList<>();
    for (int slot = 0; slot < arms.size(); slot++) {
      views.add(
          new ArrivedView(
              definition.arms().get(slot).key(),
              arms.get(slot).units(),
              arms.get(slot).expected()));
    }
    return new SampleRatioView(units, p, p <= ALPHA, views);
  }

  /** Units of which no decision is known came under the same shares as all others. */
  private static void addUnnamed(List<Arm> arms, List<Long> counted, Shares shares) {
    long unnamed = 0;
    List<Long> missing = new ArrayList<>();
    for (int slot = 0; slot < arms.size(); slot++) {
      long more = Math.max(0, counted.get(slot) - arms.get(slot).units());
      missing.add(more);
      unnamed += more;
    }
    for (int slot = 0; slot < arms.size(); slot++) {
      double share = slot < shares.arms() ? (double) shares.share(slot) / (double) Shares.TOTAL : 0;
      Arm arm = arms.get(slot);
      arms.set(
          slot,
          new Arm(
              arm.units() + missing.get(slot),
              arm.expected() + (double) unnamed * share,
              arm.variance() + (double) unnamed * share * (1 - share)));
    }
  }
}
