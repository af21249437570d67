package io.armwise.posterior.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.armwise.posterior.Interval;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AnytimeComparisonTest {
  private static final AnytimeComparison RATES = AnytimeComparison.ofRates(1000, 0.1, 0.05);
  private static final BinaryOutcomes BETTER = new BinaryOutcomes(1000, 150);
  private static final BinaryOutcomes WORSE = new BinaryOutcomes(1000, 100);

  @Test
  void evidenceStartsAtOne() {
    BinaryOutcomes none = new BinaryOutcomes(0, 0);
    assertThat(RATES.logEValue(none, none)).isZero();
    assertThat(RATES.difference(none, none, 0.05)).isEqualTo(new Interval(-1, 1));
    assertThat(RATES.lift(none, none, 0.05)).isEqualTo(new Interval(-1, Double.POSITIVE_INFINITY));
  }

  @Test
  void theInfimumIsTheLeastProductOnAFineGrid() {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 1; i < 100_000; i++) {
      double m = i / 100_000.0;
      least =
          Math.min(
              least,
              TiltedEvidence.above(BETTER, m, RATES.prior()).value()
                  + TiltedEvidence.below(WORSE, m, RATES.prior()).value());
    }
    assertThat(RATES.logEValue(BETTER, WORSE)).isLessThanOrEqualTo(least + 1e-12);
    assertThat(RATES.logEValue(BETTER, WORSE)).isCloseTo(least, within(1e-6));
  }

  @Test
  void theMixtureHasMeanOneUnderTheNullByExactEnumeration() {
    double rate = 0.3;
    for (int n : new int[] {1, 5, 20}) {
      double above = 0;
      double below = 0;
      double choose = 1;
      for (int s = 0; s <= n; s++) {
        double p = choose * Math.pow(rate, s) * Math.pow(1 - rate, n - s);
        BinaryOutcomes arm = new BinaryOutcomes(n, s);
        above += p * Math.exp(TiltedEvidence.above(arm, rate, RATES.prior()).value());
        below += p * Math.exp(TiltedEvidence.below(arm, rate, RATES.prior()).value());
        choose = choose * (n - s) / (s + 1);
      }
      assertThat(above).isCloseTo(1, within(1e-12));
      assertThat(below).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void theBoundIsWhereTheEvidenceReachesTheThreshold() {
    double alpha = 0.05;
    double threshold = -Math.log(alpha);
    CountOutcomes more = new CountOutcomes(500, 260);
    CountOutcomes fewer = new CountOutcomes(800, 300);
    ContinuousOutcomes high = new ContinuousOutcomes(400, 10.5, 3);
    ContinuousOutcomes low = new ContinuousOutcomes(900, 9.9, 2);
    AnytimeComparison counts = AnytimeComparison.ofCounts(300, alpha);
    AnytimeComparison means = AnytimeComparison.ofMeans(500, alpha);
    double rates = RATES.differenceLowerBound(BETTER, WORSE, alpha);
    assertThat(RATES.logEValueBeyond(BETTER, WORSE, rates)).isCloseTo(threshold, within(1e-9));
    double count = counts.differenceLowerBound(more, fewer, alpha);
    assertThat(counts.logEValueBeyond(more, fewer, count)).isCloseTo(threshold, within(1e-9));
    double mean = means.differenceLowerBound(high, low, alpha);
    assertThat(means.logEValueBeyond(high, low, mean)).isCloseTo(threshold, within(1e-9));
  }

  /** What is decided early by a bound is what the e-value decides, near the threshold and far. */
  @Test
  void theQuickAnswerIsTheEValuesAnswer() {
    SplittableRandom random = new SplittableRandom(20_260_901);
    int claims = 0;
    for (int i = 0; i < 6_000; i++) {
      double n = 1 + random.nextInt(3_000);
      double m = random.nextInt(3_000);
      double p = random.nextDouble();
      double q = Math.clamp(p - random.nextDouble() / Math.sqrt(n) * 3, 0, 1);
      ArmOutcomes first;
      ArmOutcomes second;
      switch (i % 3) {
        case 0 -> {
          first = new BinaryOutcomes(n, Math.rint(n * p));
          second = new BinaryOutcomes(m, Math.rint(m * q));
        }
        case 1 -> {
          first = new CountOutcomes(n, Math.rint(2 * n * p));
          second = new CountOutcomes(m, Math.rint(2 * m * q));
        }
        default -> {
          first = new ContinuousOutcomes(n, p, 0.5);
          second = new ContinuousOutcomes(m + 1, q, 0.4);
        }
      }
      double margin = random.nextInt(3) * 0.02 - 0.02;
      double evidence = RATES.logEValueBeyond(first, second, margin);
      double alpha = 0.001 + 0.2 * random.nextDouble();
      assertThat(RATES.exceeds(first, second, margin, alpha))
          .as("%s, %s, %s, %s", first, second, margin, alpha)
          .isEqualTo(evidence >= -Math.log(alpha));
      claims += evidence >= -Math.log(alpha) ? 1 : 0;
    }
    assertThat(claims).isBetween(600, 5_400);
  }

  @Test
  void noMixtureExceedsTheBestLikelihoodRatio() {
    for (double mean : new double[] {0.01, 0.1, 0.125, 0.15, 0.5, 0.99}) {
      for (ArmOutcomes arm :
          List.of(
              BETTER,
              WORSE,
              new BinaryOutcomes(0, 0),
              new BinaryOutcomes(50, 50),
              new CountOutcomes(100, 12),
              new CountOutcomes(0, 0),
              new ContinuousOutcomes(40, 0.2, 0.3))) {
        assertThat(TiltedEvidence.mostAbove(arm, mean))
            .isGreaterThanOrEqualTo(TiltedEvidence.above(arm, mean, RATES.prior()).value());
        assertThat(TiltedEvidence.mostBelow(arm, mean))
            .isGreaterThanOrEqualTo(TiltedEvidence.below(arm, mean, RATES.prior()).value());
      }
    }
  }

  @Test
  void aRatioBoundOfOneAndADifferenceBoundOfZeroCoincide() {
    double alpha = Math.exp(-RATES.logEValue(BETTER, WORSE));
    assertThat(RATES.differenceLowerBound(BETTER, WORSE, alpha)).isCloseTo(0, within(1e-9));
    assertThat(RATES.ratioLowerBound(BETTER, WORSE, alpha)).isCloseTo(1, within(1e-9));
  }

  @Test
  void needsAFarSmallerDifferenceThanTwoIntervalsThatMustNotTouch() {
    int plannedTrials = 2000;
    AnytimeComparison comparison = AnytimeComparison.ofRates(plannedTrials, 0.1, 0.05);
    BernoulliConfidenceSequence perArm = BernoulliConfidenceSequence.tightestAt(plannedTrials);
    BinaryOutcomes control = new BinaryOutcomes(plannedTrials, 200);
    int jointly = 200;
    while (comparison.logEValue(new BinaryOutcomes(plannedTrials, jointly), control)
        < Math.log(20)) {
      jointly++;
    }
    int apart = 200;
    while (perArm.interval(apart, plannedTrials, 0.025).lower()
        <= perArm.interval(200, plannedTrials, 0.025).upper()) {
      apart++;
    }
    double error = Math.sqrt(2 * plannedTrials * 0.1 * 0.9);
    // Healthy: 3.0 standard errors against 4.6; an infimum over the wrong set would need more.
    assertThat((jointly - 200) / error).isBetween(2.8, 3.3);
    assertThat((apart - 200) / error).isGreaterThan(4.2);
  }

  @Test
  void extremeDataGiveFiniteBounds() {
    BinaryOutcomes all = new BinaryOutcomes(1e7, 1e7);
    BinaryOutcomes nothing = new BinaryOutcomes(1e7, 0);
    assertThat(RATES.difference(all, nothing, 0.05).lower()).isBetween(0.99, 1.0);
    assertThat(RATES.difference(all, nothing, 0.05).upper()).isEqualTo(1);
    assertThat(RATES.logEValue(nothing, all)).isLessThan(-1);
    assertThat(RATES.logEValue(new BinaryOutcomes(1e8, 1e3), new BinaryOutcomes(1e8, 900)))
        .isFinite();
    ContinuousOutcomes far = new ContinuousOutcomes(1e6, 1e6, 1e-3);
    ContinuousOutcomes near = new ContinuousOutcomes(3, -1e6, 1e3);
    assertThat(AnytimeComparison.ofMeans(100, 0.05).difference(far, near, 0.05).contains(2e6))
        .isTrue();
    assertThat(AnytimeComparison.ofMeans(100, 0.05).logEValue(far, near)).isFinite();
  }

  @Test
  void anArmWithoutDataGivesNoEvidence() {
    assertThat(RATES.logEValue(new BinaryOutcomes(100, 100), new BinaryOutcomes(0, 0)))
        .isLessThan(1e-12);
    CountOutcomes none = new CountOutcomes(0, 0);
    assertThat(AnytimeComparison.ofCounts(10, 0.05).logEValue(new CountOutcomes(10, 50), none))
        .isLessThan(1e-12);
    assertThat(AnytimeComparison.ofCounts(10, 0.05).logEValue(none, new CountOutcomes(10, 50)))
        .isLessThan(1e-12);
  }

  @Test
  void rejectsWhatIsNotInTheDomain() {
    assertThatIllegalArgumentException().isThrownBy(() -> new BinaryOutcomes(10, 11));
    assertThatIllegalArgumentException().isThrownBy(() -> new BinaryOutcomes(Double.NaN, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new CountOutcomes(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ContinuousOutcomes(1, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new TiltPrior(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RATES.logEValue(BETTER, new CountOutcomes(1, 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RATES.difference(BETTER, WORSE, Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RATES.logEValueBeyond(BETTER, WORSE, Double.NaN));
    ContinuousOutcomes arm = new ContinuousOutcomes(10, 1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AnytimeComparison.ofMeans(10, 0.05).lift(arm, arm, 0.05));
  }

  @Test
  void theWinnerIsTheArmWhoseLossBoundIsNegative() {
    BestArmInference best = new BestArmInference(RATES, io.armwise.posterior.Direction.INCREASE);
    List<BinaryOutcomes> arms =
        List.of(WORSE, new BinaryOutcomes(4000, 800), new BinaryOutcomes(1000, 110));
    assertThat(best.winner(arms, 0.05)).hasValue(1);
    double[] bounds = best.lossBounds(arms, 0.05);
    assertThat(bounds[1]).isNegative();
    assertThat(bounds[0]).isGreaterThan(0.1);
    assertThat(best.winner(List.of(BETTER, BETTER), 0.05)).isEmpty();
  }
}
