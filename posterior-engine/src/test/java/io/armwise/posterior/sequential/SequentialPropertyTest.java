package io.armwise.posterior.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.armwise.posterior.Direction;
import io.armwise.posterior.Interval;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;

class SequentialPropertyTest {
  private static final AnytimeComparison MEANS = AnytimeComparison.ofMeans(100, 0.05);
  private static final AnytimeComparison RATES = AnytimeComparison.ofRates(500, 0.2, 0.05);

  @Property(tries = 200)
  void theBernoulliIntervalEndsWhereItsMartingaleCrosses(
      @ForAll @IntRange(min = 1, max = 5000) int trials,
      @ForAll @DoubleRange(min = 0, max = 1) @Scale(6) double share,
      @ForAll @DoubleRange(min = 0.001, max = 0.2) @Scale(4) double alpha) {
    BernoulliConfidenceSequence sequence = BernoulliConfidenceSequence.tightestAt(300);
    int successes = (int) Math.round(share * trials);
    Interval interval = sequence.interval(successes, trials, alpha);
    double threshold = -Math.log(alpha);
    assertThat(interval.contains((double) successes / trials)).isTrue();
    if (interval.lower() > 1e-9) {
      assertThat(sequence.logEValue(successes, trials, interval.lower()))
          .isCloseTo(threshold, within(1e-6));
    }
    if (interval.upper() < 1 - 1e-9) {
      assertThat(sequence.logEValue(successes, trials, interval.upper()))
          .isCloseTo(threshold, within(1e-6));
    }
    // The confidence set has no gap: the evidence falls towards the estimate from either side.
    double further = interval.lower() * 0.7;
    if (further > 1e-9) {
      assertThat(sequence.logEValue(successes, trials, further)).isGreaterThan(threshold);
    }
  }

  @Property(tries = 200)
  void intervalsNestInAlphaAndMirror(
      @ForAll @IntRange(min = 1, max = 3000) int trials,
      @ForAll @DoubleRange(min = 0, max = 1) @Scale(6) double share) {
    BernoulliConfidenceSequence sequence = BernoulliConfidenceSequence.tightestAt(300);
    int successes = (int) Math.round(share * trials);
    Interval narrow = sequence.interval(successes, trials, 0.1);
    Interval wide = sequence.interval(successes, trials, 0.01);
    assertThat(wide.lower()).isLessThanOrEqualTo(narrow.lower());
    assertThat(wide.upper()).isGreaterThanOrEqualTo(narrow.upper());
    Interval mirrored = sequence.interval(trials - successes, trials, 0.1);
    assertThat(mirrored.lower()).isCloseTo(1 - narrow.upper(), within(1e-9));
    assertThat(mirrored.upper()).isCloseTo(1 - narrow.lower(), within(1e-9));
  }

  @Property(tries = 200)
  void mixtureBoundariesAreWhereTheMixtureReachesItsThreshold(
      @ForAll @DoubleRange(min = 1, max = 1e5) double time,
      @ForAll @DoubleRange(min = 1e-6, max = 0.4) @Scale(7) double alpha) {
    List<MixtureMartingale> mixtures =
        List.of(
            NormalMixture.tightestAt(500, 0.05, Sides.ONE),
            NormalMixture.tightestAt(500, 0.05, Sides.TWO),
            GammaExponentialMixture.tightestAt(500, 0.05, 1.5),
            GammaPoissonMixture.tightestAt(500, 0.05, 0.8),
            BetaBinomialMixture.tightestAt(500, 0.05, 0.3, 0.7, Sides.ONE));
    for (MixtureMartingale mixture : mixtures) {
      double bound = mixture.boundary(time, alpha);
      if (bound < mixture.largestSum(time)) {
        assertThat(mixture.logValue(bound, time)).isCloseTo(-Math.log(alpha), within(1e-6));
      }
      assertThat(mixture.boundary(time, alpha / 2)).isGreaterThanOrEqualTo(bound);
    }
  }

  @Property(tries = 100)
  void complementingOutcomesAndSwappingArmsChangesNothing(
      @ForAll @IntRange(min = 1, max = 2000) int n1,
      @ForAll @IntRange(min = 1, max = 2000) int n2,
      @ForAll @DoubleRange(min = 0, max = 1) @Scale(6) double share1,
      @ForAll @DoubleRange(min = 0, max = 1) @Scale(6) double share2) {
    int s1 = (int) Math.round(share1 * n1);
    int s2 = (int) Math.round(share2 * n2);
    double direct = RATES.logEValue(new BinaryOutcomes(n1, s1), new BinaryOutcomes(n2, s2));
    double mirrored =
        RATES.logEValue(new BinaryOutcomes(n2, n2 - s2), new BinaryOutcomes(n1, n1 - s1));
    assertThat(mirrored).isCloseTo(direct, within(1e-8 * (1 + Math.abs(direct))));
    boolean claimed =
        RATES.exceeds(new BinaryOutcomes(n1, s1), new BinaryOutcomes(n2, s2), 0, 0.05);
    assertThat(claimed).isEqualTo(direct >= -Math.log(0.05));
  }

  @Property(tries = 100)
  void minimisingIsMaximisingTheNegativeAndUnitsRescale(
      @ForAll @DoubleRange(min = -5, max = 5) double first,
      @ForAll @DoubleRange(min = -5, max = 5) double second,
      @ForAll @IntRange(min = 2, max = 1000) int n1,
      @ForAll @IntRange(min = 2, max = 1000) int n2) {
    List<ContinuousOutcomes> arms =
        List.of(new ContinuousOutcomes(n1, first, 1), new ContinuousOutcomes(n2, second, 2));
    List<ContinuousOutcomes> negated =
        List.of(new ContinuousOutcomes(n1, -first, 1), new ContinuousOutcomes(n2, -second, 2));
    double[] up = new BestArmInference(MEANS, Direction.INCREASE).lossBounds(arms, 0.05);
    double[] down = new BestArmInference(MEANS, Direction.DECREASE).lossBounds(negated, 0.05);
    for (int i = 0; i < 2; i++) {
      assertThat(down[i]).isCloseTo(up[i], within(1e-8 * (1 + Math.abs(up[i]))));
    }
    Interval metres = MEANS.difference(arms.get(0), arms.get(1), 0.05);
    Interval millimetres =
        MEANS.difference(
            new ContinuousOutcomes(n1, 1000 * first, 1000),
            new ContinuousOutcomes(n2, 1000 * second, 2000),
            0.05);
    assertThat(millimetres.lower() / 1000)
        .isCloseTo(metres.lower(), within(1e-8 * (1 + Math.abs(metres.lower()))));
    assertThat(metres.contains(first - second)).isTrue();
  }

  @Property(tries = 100)
  void evidenceFallsAsTheMarginGrows(
      @ForAll @IntRange(min = 1, max = 2000) int n,
      @ForAll @DoubleRange(min = 0, max = 1) @Scale(6) double share,
      @ForAll @DoubleRange(min = -0.5, max = 0.4) double margin) {
    BinaryOutcomes first = new BinaryOutcomes(n, Math.round(share * n));
    BinaryOutcomes second = new BinaryOutcomes(700, 140);
    assertThat(RATES.logEValueBeyond(first, second, margin + 0.1))
        .isLessThanOrEqualTo(RATES.logEValueBeyond(first, second, margin) + 1e-9);
  }

  @Property(tries = 200)
  void pValuesNeverRiseAndAdjustedEValuesStandBetweenBonferroniAndRaw(
      @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = -20, max = 20) Double> logEValues) {
    RunningEvidence evidence = RunningEvidence.START;
    for (double value : logEValues) {
      RunningEvidence next = evidence.observe(value);
      assertThat(next.pValue()).isLessThanOrEqualTo(evidence.pValue());
      evidence = next;
    }
    double[] raw = logEValues.stream().mapToDouble(Double::doubleValue).toArray();
    double[] adjusted = EValues.familyWise(raw);
    boolean[] discovered = EValues.falseDiscovery(raw, 0.1);
    for (int i = 0; i < raw.length; i++) {
      assertThat(adjusted[i]).isLessThanOrEqualTo(raw[i] + 1e-12);
      assertThat(adjusted[i]).isGreaterThanOrEqualTo(raw[i] - Math.log(raw.length) - 1e-12);
      if (raw[i] >= Math.log(10 * raw.length)) {
        // What Bonferroni rejects, control of the false discovery rate rejects too.
        assertThat(discovered[i]).isTrue();
      }
    }
  }
}
