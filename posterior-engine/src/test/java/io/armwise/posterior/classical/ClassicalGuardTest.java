package io.armwise.posterior.classical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.armwise.posterior.BernoulliEvidence;
import io.armwise.posterior.Interval;
import io.armwise.posterior.MomentEvidence;
import io.armwise.posterior.classical.QuantileMetric.Ranks;
import io.armwise.posterior.classical.SampleRatioMismatch.Period;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Edges: too little evidence is an answer, misuse is an exception, and neither is NaN. */
class ClassicalGuardTest {
  private static final MomentEvidence EMPTY = MomentEvidence.NONE;
  private static final MomentEvidence ONE = MomentEvidence.of(3);
  private static final MomentEvidence SAME = MomentEvidence.of(2, 2, 2);
  private static final MomentEvidence SOME = MomentEvidence.of(1, 2, 4);

  @Test
  void fewerThanTwoUnitsAreNotEnoughForWelch() {
    assertThat(TTest.welch(EMPTY, SOME, Alternative.TWO_SIDED, 0.95))
        .isEqualTo(Inference.notEnough(Shortfall.TOO_FEW_UNITS));
    assertThat(TTest.welch(SOME, ONE, Alternative.TWO_SIDED, 0.95))
        .isEqualTo(Inference.notEnough(Shortfall.TOO_FEW_UNITS));
    assertThat(TTest.oneSample(ONE, 0, Alternative.TWO_SIDED, 0.95))
        .isEqualTo(Inference.notEnough(Shortfall.TOO_FEW_UNITS));
  }

  @Test
  void constantArmsAreNotEnough() {
    assertThat(TTest.welch(SAME, SAME, Alternative.TWO_SIDED, 0.95))
        .isEqualTo(Inference.notEnough(Shortfall.NO_VARIATION));
    assertThat(AnalysisOfVariance.of(List.of(SAME, SAME)))
        .isEqualTo(Inference.notEnough(Shortfall.NO_VARIATION));
    assertThat(EffectSize.cohensD(SAME, SAME))
        .isEqualTo(Inference.notEnough(Shortfall.NO_VARIATION));
  }

  /** One constant arm has no variance of its own, but the comparison has. */
  @Test
  void oneConstantArmCanStillBeCompared() {
    TestResult test = TTest.welch(SAME, SOME, Alternative.TWO_SIDED, 0.95).orElseThrow();
    assertThat(test.degreesOfFreedom()).isCloseTo(2, offset(1e-12));
  }

  @Test
  void proportionsWithoutTrialsGiveTheWholeRange() {
    Proportion none = new Proportion(0, 0);
    Proportion some = new Proportion(3, 10);
    for (ProportionInterval method : ProportionInterval.values()) {
      assertThat(method.interval(none, 0.95)).isEqualTo(new Interval(0, 1));
    }
    for (ProportionDifferenceInterval method : ProportionDifferenceInterval.values()) {
      assertThat(method.interval(none, some, 0.95)).isEqualTo(new Interval(-1, 1));
    }
    assertThat(TwoProportionTest.pooled(none, some, Alternative.TWO_SIDED, 0.95))
        .isEqualTo(Inference.notEnough(Shortfall.TOO_FEW_UNITS));
    assertThat(FisherExactTest.pValue(none, some, Alternative.TWO_SIDED)).isEqualTo(1);
  }

  @Test
  void exactTestsNeedWholeCounts() {
    assertThat(Proportion.of(new BernoulliEvidence(10, 4))).isEqualTo(new Proportion(4, 10));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Proportion.of(new BernoulliEvidence(10, 4.5)))
        .withMessageContaining("4.5");
  }

  @Test
  void rejectsNaNWhereverANumberIsAsked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TTest.welch(SOME, SOME, Alternative.TWO_SIDED, Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProportionInterval.WILSON.interval(new Proportion(1, 2), Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PValueAdjustment.HOLM.adjust(0.1, Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> new NormalEffect(Double.NaN, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new PlannedTest(Double.NaN, true, 0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> new Winsorization(0, Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> EffectSize.cohensH(0.5, Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CoMoments.ofColumns(new double[] {1, Double.NaN}));
    assertThatIllegalArgumentException().isThrownBy(() -> new ArmEstimate(1, Double.NaN, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Period(List.of(1L, 2L), List.of(0.5, Double.NaN)));
  }

  @Test
  void controlNearZeroHasNoRelativeInterval() {
    ArmEstimate control = new ArmEstimate(0.1, 0.1, 50);
    ArmEstimate treatment = new ArmEstimate(1, 0.1, 50);
    assertThat(RelativeLift.fieller(control, treatment, 0.95))
        .isEqualTo(Inference.notEnough(Shortfall.DENOMINATOR_NEAR_ZERO));
    assertThat(RelativeLift.logRatio(new ArmEstimate(-1, 0.1, 50), treatment, 0.95))
        .isEqualTo(Inference.notEnough(Shortfall.NOT_POSITIVE));
  }

  /** −10 to −8 is an increase by 20 %. */
  @Test
  void relativeEffectOfANegativeMetricIsPositiveWhenItGrows() {
    ArmEstimate control = new ArmEstimate(-10, 0.1, 500);
    ArmEstimate treatment = new ArmEstimate(-8, 0.1, 500);
    TestResult lift =
        RelativeLift.delta(control, treatment, Alternative.TWO_SIDED, 0.95).orElseThrow();
    Interval fieller = RelativeLift.fieller(control, treatment, 0.95).orElseThrow();
    assertThat(lift.estimate()).isCloseTo(0.2, offset(1e-12));
    assertThat(fieller.contains(0.2)).isTrue();
    assertThat(fieller.lower()).isCloseTo(lift.interval().lower(), offset(1e-3));
  }

  @Test
  void dependentCovariatesAreNotEnough() {
    double[] y = {1, 3, 2, 5, 4};
    double[] x = {2, 4, 1, 6, 3};
    double[] twice = {4, 8, 2, 12, 6};
    assertThat(Cuped.fit(List.of(CoMoments.ofColumns(y, x, twice))))
        .isEqualTo(Inference.notEnough(Shortfall.COLLINEAR_COVARIATES));
    assertThat(LeastSquares.fit(y, new double[][] {x, twice}, 0.95))
        .isEqualTo(Inference.notEnough(Shortfall.COLLINEAR_COVARIATES));
  }

  /** Pooled within the arms, the slopes are those of least squares with an arm indicator. */
  @Test
  void severalCovariatesAdjustAsAnalysisOfCovariance() {
    double[] y = {3.1, 4.7, 2.2, 6.3, 5.9, 4.4, 7.8, 6.1, 5.0, 8.9};
    double[] x = {1.0, 2.2, 0.7, 3.1, 2.5, 1.4, 3.0, 2.1, 1.3, 3.9};
    double[] z = {4.0, 1.0, 3.5, 2.0, 5.0, 2.5, 4.4, 1.1, 3.3, 2.7};
    double[] arm = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1};
    CoMoments control = columns(0, 5, y, x, z);
    CoMoments treatment = columns(5, 10, y, x, z);
    Cuped cuped = Cuped.fit(List.of(control, treatment)).orElseThrow();
    LeastSquares ancova = LeastSquares.fit(y, new double[][] {arm, x, z}, 0.95).orElseThrow();
    double effect =
        cuped.adjust(treatment).orElseThrow().value() - cuped.adjust(control).orElseThrow().value();
    assertThat(effect).isCloseTo(ancova.coefficients().get(1).estimate(), offset(1e-12));
    assertThat(cuped.theta()[0]).isCloseTo(ancova.coefficients().get(2).estimate(), offset(1e-12));
    assertThat(cuped.theta()[1]).isCloseTo(ancova.coefficients().get(3).estimate(), offset(1e-12));
  }

  private static CoMoments columns(int from, int to, double[]... columns) {
    double[][] part = new double[columns.length][];
    for (int i = 0; i < columns.length; i++) {
      part[i] = Arrays.copyOfRange(columns[i], from, to);
    }
    return CoMoments.ofColumns(part);
  }

  @Test
  void sharesThatChangeOverTimeAreTestedPeriodByPeriod() {
    Period even = new Period(List.of(500L, 500L), List.of(0.5, 0.5));
    Period skewed = new Period(List.of(100L, 900L), List.of(0.1, 0.9));
    // Held against their own shares both periods fit; the totals against a half would not.
    assertThat(SampleRatioMismatch.byPeriod(List.of(even, skewed)).orElseThrow().pValue())
        .isEqualTo(1);
    assertThat(SampleRatioMismatch.overall(List.of(even, skewed)).orElseThrow().pValue())
        .isEqualTo(1);
    Period totals = new Period(List.of(600L, 1400L), List.of(0.5, 0.5));
    assertThat(SampleRatioMismatch.of(totals).orElseThrow().pValue()).isLessThan(1e-60);
  }

  /** Ten periods, each short by the same few units: the score test adds them up. */
  @Test
  void overallTestSeesASmallSteadyLossThatNoPeriodShows() {
    Period period = new Period(List.of(480L, 520L), List.of(0.5, 0.5));
    List<Period> periods = Collections.nCopies(10, period);
    ChiSquareTest byPeriod = SampleRatioMismatch.byPeriod(periods).orElseThrow();
    ChiSquareTest overall = SampleRatioMismatch.overall(periods).orElseThrow();
    assertThat(byPeriod.statistic()).isCloseTo(16, offset(1e-9));
    assertThat(byPeriod.degreesOfFreedom()).isEqualTo(10);
    assertThat(overall.statistic()).isCloseTo(16, offset(1e-9));
    assertThat(overall.degreesOfFreedom()).isEqualTo(1);
    assertThat(overall.pValue()).isLessThan(1e-4);
    assertThat(byPeriod.pValue()).isGreaterThan(0.05);
  }

  @Test
  void unitInAnArmWithoutTrafficIsACertainMismatch() {
    Period period = new Period(List.of(50L, 50L, 1L), List.of(0.5, 0.5, 0.0));
    assertThat(SampleRatioMismatch.of(period).orElseThrow().pValue()).isEqualTo(0);
    assertThat(SampleRatioMismatch.overall(List.of(period)).orElseThrow().pValue()).isEqualTo(0);
    Period fine = new Period(List.of(50L, 50L, 0L), List.of(0.5, 0.5, 0.0));
    assertThat(SampleRatioMismatch.of(fine).orElseThrow().degreesOfFreedom()).isEqualTo(1);
  }

  /** David and Nagaraja (2003), §7.1: for n = 10 the median lies in [x(2), x(9)] with 97.9 %. */
  @Test
  void ranksOfTheMedianAreThoseOfTheBinomialDistribution() {
    assertThat(QuantileMetric.ranks(10, 0.5, 0.95)).isEqualTo(new Ranks(2, 9));
    assertThat(QuantileMetric.ranks(5, 0.5, 0.95)).isEqualTo(new Ranks(0, 6));
    assertThat(QuantileMetric.interval(new double[] {1, 2, 3, 4, 5}, 0.5, 0.95))
        .isEqualTo(Inference.notEnough(Shortfall.TOO_FEW_UNITS));
  }

  /** P(l ≤ B < u), added up exactly: never below the level, and not by much above it. */
  @Test
  void ranksOfQuantilesCoverTheirLevelExactly() {
    for (long n : new long[] {50, 200, 1000}) {
      for (double probability : new double[] {0.1, 0.5, 0.9}) {
        Ranks ranks = QuantileMetric.ranks(n, probability, 0.95);
        LatticeDistribution below = LatticeDistribution.binomial(n, probability);
        double coverage = 0;
        for (long k = ranks.lower(); k < ranks.upper(); k++) {
          coverage += below.probability(k);
        }
        assertThat(coverage).isBetween(0.95, 0.985);
      }
    }
  }

  @Test
  void capsPullInBothEnds() {
    double[] sorted = {-50, 1, 2, 3, 4, 5, 6, 7, 8, 900};
    Winsorization caps = Winsorization.atQuantiles(sorted, 0.2, 0.9).orElseThrow();
    assertThat(caps).isEqualTo(new Winsorization(1, 8));
    assertThat(caps.apply(-50)).isEqualTo(1);
    assertThat(caps.apply(900)).isEqualTo(8);
    assertThat(caps.apply(4)).isEqualTo(4);
  }

  @Test
  void durationFollowsTheCurveOfNewUnits() {
    assertThat(ExperimentDuration.days(150, 100, 180, 240)).isEqualTo(Inference.of(2L));
    assertThat(ExperimentDuration.days(300, 100, 180, 240)).isEqualTo(Inference.of(4L));
    assertThat(ExperimentDuration.days(301, 100, 180, 240)).isEqualTo(Inference.of(5L));
    assertThat(ExperimentDuration.days(300, 100, 100))
        .isEqualTo(Inference.notEnough(Shortfall.TOO_FEW_UNITS));
  }

  /** Cohen (1988), §6.2: h = 0.2 is the gap between .50 and .60, to the two digits printed. */
  @Test
  void effectSizesAreCohens() {
    assertThat(EffectSize.cohensH(0.5, 0.6)).isCloseTo(0.20, offset(0.005));
    assertThat(
            EffectSize.cohensD(MomentEvidence.of(1, 2, 3), MomentEvidence.of(2, 3, 4))
                .orElseThrow())
        .isEqualTo(1);
  }

  @Test
  void mergedCoMomentsAreThoseOfAllUnits() {
    double[] y = {1e9 + 1, 1e9 + 4, 1e9 + 2, 1e9 + 7, 1e9};
    double[] x = {2, 9, 4, 4, 1};
    CoMoments all = CoMoments.ofColumns(y, x);
    CoMoments merged = columns(0, 2, y, x).merge(columns(2, 5, y, x));
    assertThat(merged.n()).isEqualTo(5);
    assertThat(merged.covariance(0, 0)).isCloseTo(all.covariance(0, 0), offset(1e-6));
    assertThat(all.covariance(0, 0)).isCloseTo(7.7, offset(1e-5));
    assertThat(merged.covariance(0, 1)).isCloseTo(all.covariance(0, 1), offset(1e-6));
  }

  @Test
  void tinyExperimentsDetectNothing() {
    PowerModel model =
        new ProportionPower(PlannedTest.twoSided(0.05), 0.2, ProportionPower.NullVariance.POOLED);
    assertThat(model.minimumDetectableEffect(4, 0.99, false))
        .isEqualTo(Inference.notEnough(Shortfall.TOO_FEW_UNITS));
    assertThatIllegalArgumentException().isThrownBy(() -> model.totalUnits(0, 0.8));
    assertThatIllegalArgumentException().isThrownBy(() -> model.power(0.9, 100));
  }
}
