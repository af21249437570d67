package io.armwise.posterior.classical;

import static io.armwise.posterior.classical.ReferenceFile.relative;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.armwise.posterior.Interval;
import io.armwise.posterior.MomentEvidence;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.math3.stat.inference.OneWayAnova;

/** Laws, and Commons Math 3 as an independent implementation. */
class ClassicalPropertyTest {

  @Provide
  Arbitrary<double[]> samples() {
    return Arbitraries.doubles()
        .between(-100, 100)
        .ofScale(3)
        .array(double[].class)
        .ofMinSize(3)
        .ofMaxSize(40)
        .filter(sample -> Samples.moments(sample).sumOfSquaredDeviations() > 1e-3);
  }

  @Provide
  Arbitrary<Proportion> proportions() {
    return Arbitraries.longs()
        .between(1, 400)
        .flatMap(n -> Arbitraries.longs().between(0, n).map(x -> new Proportion(x, n)));
  }

  @Property(seed = "20261121")
  void tTestsAgreeWithCommonsMath(
      @ForAll("samples") double[] control, @ForAll("samples") double[] treatment) {
    var oracle = new org.apache.commons.math3.stat.inference.TTest();
    MomentEvidence a = Samples.moments(control);
    MomentEvidence b = Samples.moments(treatment);
    // Its p-values are good to about 1e-9; ours are checked to 15 digits against R.
    assertThat(TTest.welch(a, b, Alternative.TWO_SIDED, 0.95).orElseThrow().pValue())
        .isCloseTo(oracle.tTest(control, treatment), offset(1e-8));
    assertThat(TTest.pooled(a, b, Alternative.TWO_SIDED, 0.95).orElseThrow().pValue())
        .isCloseTo(oracle.homoscedasticTTest(control, treatment), offset(1e-8));
    assertThat(TTest.oneSample(a, 1.5, Alternative.TWO_SIDED, 0.95).orElseThrow().pValue())
        .isCloseTo(oracle.tTest(1.5, control), offset(1e-8));
  }

  @Property(seed = "20261121")
  void analysisOfVarianceAgreesWithCommonsMath(
      @ForAll("samples") double[] a, @ForAll("samples") double[] b, @ForAll("samples") double[] c) {
    OneWayAnova oracle = new OneWayAnova();
    AnalysisOfVariance anova =
        AnalysisOfVariance.of(List.of(Samples.moments(a), Samples.moments(b), Samples.moments(c)))
            .orElseThrow();
    double f = oracle.anovaFValue(List.of(a, b, c));
    assertThat(anova.statistic()).isCloseTo(f, offset(1e-9 * Math.max(1, f)));
    assertThat(anova.pValue()).isCloseTo(oracle.anovaPValue(List.of(a, b, c)), offset(1e-8));
  }

  @Property(seed = "20261121")
  void squareOfThePooledTIsFOfTwoArms(
      @ForAll("samples") double[] a, @ForAll("samples") double[] b) {
    MomentEvidence x = Samples.moments(a);
    MomentEvidence y = Samples.moments(b);
    double t = TTest.pooled(x, y, Alternative.TWO_SIDED, 0.95).orElseThrow().statistic();
    double f = AnalysisOfVariance.of(List.of(x, y)).orElseThrow().statistic();
    assertThat(f).isCloseTo(t * t, offset(1e-9 * Math.max(1, f)));
  }

  @Property(seed = "20261121")
  void chiSquaresAgreeWithCommonsMath(
      @ForAll @Size(min = 2, max = 6) List<@LongRange(min = 1, max = 5000) Long> counts) {
    long[] observed = counts.stream().mapToLong(Long::longValue).toArray();
    double[] shares = new double[observed.length];
    Arrays.setAll(shares, i -> i + 1.0);
    ChiSquareTest ours = ChiSquareTest.ofShares(observed, shares).orElseThrow();
    var oracle = new org.apache.commons.math3.stat.inference.ChiSquareTest();
    assertThat(ours.statistic())
        .isCloseTo(oracle.chiSquare(shares, observed), relative(ours.statistic(), 1e-9));
    assertThat(ours.pValue()).isCloseTo(oracle.chiSquareTest(shares, observed), offset(1e-9));
  }

  @Property(seed = "20261121")
  void swappingTheArmsNegatesTheEffect(
      @ForAll("samples") double[] a, @ForAll("samples") double[] b) {
    MomentEvidence x = Samples.moments(a);
    MomentEvidence y = Samples.moments(b);
    for (Alternative alternative : Alternative.values()) {
      TestResult there = TTest.welch(x, y, alternative, 0.9).orElseThrow();
      TestResult back = TTest.welch(y, x, alternative.negated(), 0.9).orElseThrow();
      assertThat(back.estimate()).isEqualTo(-there.estimate());
      assertThat(back.pValue()).isEqualTo(there.pValue());
      assertThat(back.interval().lower()).isEqualTo(-there.interval().upper());
      assertThat(back.interval().upper()).isEqualTo(-there.interval().lower());
    }
  }

  @Property(seed = "20261121")
  void swappingProportionsNegatesTheirDifference(
      @ForAll("proportions") Proportion a, @ForAll("proportions") Proportion b) {
    for (ProportionDifferenceInterval method : ProportionDifferenceInterval.values()) {
      Interval there = method.interval(a, b, 0.95);
      Interval back = method.interval(b, a, 0.95);
      assertThat(back.lower()).as(method.name()).isCloseTo(-there.upper(), offset(1e-9));
      assertThat(back.upper()).as(method.name()).isCloseTo(-there.lower(), offset(1e-9));
    }
  }

  @Property(seed = "20261121")
  void countingFailuresInsteadMirrorsTheInterval(@ForAll("proportions") Proportion p) {
    for (ProportionInterval method : ProportionInterval.values()) {
      Interval successes = method.interval(p, 0.95);
      Interval failures = method.interval(p.complement(), 0.95);
      assertThat(failures.lower())
          .as(method.name())
          .isCloseTo(1 - successes.upper(), offset(1e-10));
      assertThat(failures.upper())
          .as(method.name())
          .isCloseTo(1 - successes.lower(), offset(1e-10));
      assertThat(successes.contains(p.share())).as(method.name()).isTrue();
    }
  }

  @Property(seed = "20261121")
  void exactTestsMirror(@ForAll("proportions") Proportion a, @ForAll("proportions") Proportion b) {
    for (Alternative alternative : Alternative.values()) {
      double there = FisherExactTest.pValue(a, b, alternative);
      assertThat(FisherExactTest.pValue(b, a, alternative.negated()))
          .isCloseTo(there, offset(1e-9));
      assertThat(FisherExactTest.pValue(a.complement(), b.complement(), alternative.negated()))
          .isCloseTo(there, offset(1e-9));
    }
  }

  @Property(seed = "20261121")
  void squareOfThePooledZIsPearsonsChiSquare(
      @ForAll("proportions") Proportion a, @ForAll("proportions") Proportion b) {
    Inference<TestResult> z = TwoProportionTest.pooled(a, b, Alternative.TWO_SIDED, 0.95);
    Inference<ChiSquareTest> chi = ChiSquareTest.ofEqualShares(List.of(a, b));
    if (z instanceof Inference.Result<TestResult>(TestResult test)) {
      double square = test.statistic() * test.statistic();
      assertThat(chi.orElseThrow().statistic()).isCloseTo(square, offset(1e-9 * (1 + square)));
      assertThat(chi.orElseThrow().pValue()).isCloseTo(test.pValue(), offset(1e-9));
    } else {
      assertThat(chi).isEqualTo(Inference.notEnough(Shortfall.NO_VARIATION));
    }
  }

  /** The interval holds exactly the differences that the score test does not reject. */
  @Property(seed = "20261121")
  void scoreIntervalEndsWhereTheScoreTestRejects(
      @ForAll("proportions") Proportion a, @ForAll("proportions") Proportion b) {
    Interval interval = ProportionDifferenceInterval.MIETTINEN_NURMINEN.interval(a, b, 0.95);
    double z = NullLaw.NORMAL.twoSidedQuantile(0.95);
    double width = interval.width();
    if (interval.lower() > -1 + 1e-9 && width > 1e-6) {
      assertThat(ScoreDifference.statistic(a, b, interval.lower() - 1e-7)).isGreaterThan(z - 1e-9);
      assertThat(ScoreDifference.statistic(a, b, interval.lower() + 1e-7)).isLessThan(z + 1e-9);
    }
    assertThat(interval.contains(b.share() - a.share())).isTrue();
  }

  @Property(seed = "20261121")
  void changingTheUnitRescalesEveryEstimate(
      @ForAll("samples") double[] a,
      @ForAll("samples") double[] b,
      @ForAll @DoubleRange(min = 0.01, max = 1000) double unit) {
    TestResult one =
        TTest.welch(Samples.moments(a), Samples.moments(b), Alternative.TWO_SIDED, 0.95)
            .orElseThrow();
    TestResult other =
        TTest.welch(
                Samples.moments(times(a, unit)),
                Samples.moments(times(b, unit)),
                Alternative.TWO_SIDED,
                0.95)
            .orElseThrow();
    assertThat(other.pValue()).isCloseTo(one.pValue(), offset(1e-8));
    assertThat(other.standardError())
        .isCloseTo(unit * one.standardError(), relative(other.standardError(), 1e-9));
  }

  @Property(seed = "20261121")
  void confidenceIntervalExcludesZeroWhereTheTestRejects(
      @ForAll("samples") double[] a, @ForAll("samples") double[] b) {
    for (Alternative alternative : Alternative.values()) {
      TestResult test =
          TTest.welch(Samples.moments(a), Samples.moments(b), alternative, 0.95).orElseThrow();
      if (Math.abs(test.pValue() - 0.05) > 1e-9) {
        assertThat(test.interval().contains(0)).isEqualTo(test.pValue() > 0.05);
      }
    }
  }

  @Property(seed = "20261121")
  void adjustmentsAreOrderedAndKeepTheOrderOfThePValues(
      @ForAll @Size(min = 1, max = 30) List<@DoubleRange(min = 0, max = 1) Double> values) {
    double[] p = values.stream().mapToDouble(Double::doubleValue).toArray();
    double[] bonferroni = PValueAdjustment.BONFERRONI.adjust(p);
    double[] holm = PValueAdjustment.HOLM.adjust(p);
    double[] hochberg = PValueAdjustment.HOCHBERG.adjust(p);
    double[] hommel = PValueAdjustment.HOMMEL.adjust(p);
    double[] discovery = PValueAdjustment.BENJAMINI_HOCHBERG.adjust(p);
    double[] anyDependence = PValueAdjustment.BENJAMINI_YEKUTIELI.adjust(p);
    for (int i = 0; i < p.length; i++) {
      double slack = 1e-12;
      assertThat(p[i]).isLessThanOrEqualTo(discovery[i] + slack);
      assertThat(discovery[i]).isLessThanOrEqualTo(hommel[i] + slack);
      assertThat(hommel[i]).isLessThanOrEqualTo(hochberg[i] + slack);
      assertThat(hochberg[i]).isLessThanOrEqualTo(holm[i] + slack);
      assertThat(holm[i]).isLessThanOrEqualTo(bonferroni[i] + slack);
      assertThat(discovery[i]).isLessThanOrEqualTo(anyDependence[i] + slack);
      for (int j = 0; j < p.length; j++) {
        if (p[i] < p[j]) {
          assertThat(holm[i]).isLessThanOrEqualTo(holm[j]);
          assertThat(hommel[i]).isLessThanOrEqualTo(hommel[j] + slack);
          assertThat(discovery[i]).isLessThanOrEqualTo(discovery[j]);
        }
      }
    }
  }

  private static double[] times(double[] values, double factor) {
    return Arrays.stream(values).map(v -> v * factor).toArray();
  }
}
