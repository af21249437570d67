package io.armwise.posterior.classical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.armwise.posterior.special.StudentT;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

/** Power, sample size and detectable effect are one curve: each inverts the others. */
class PowerPropertyTest {

  @Provide
  Arbitrary<PowerModel> models() {
    Arbitrary<PlannedTest> tests =
        Combinators.combine(
                Arbitraries.of(0.01, 0.05, 0.1),
                Arbitraries.of(true, false),
                Arbitraries.of(0.1, 0.3, 0.5, 0.8))
            .as(PlannedTest::new);
    return tests.flatMap(
        test ->
            Arbitraries.of(
                new MeanPower(test, 2, MeanPower.Law.STUDENT_T),
                new MeanPower(test, 2, MeanPower.Law.NORMAL),
                new ProportionPower(test, 0.2, ProportionPower.NullVariance.POOLED),
                new ProportionPower(test, 0.2, ProportionPower.NullVariance.UNPOOLED),
                new ProportionPower(test, 0.2, ProportionPower.NullVariance.BASELINE),
                new ProportionPower(test, 0.2, ProportionPower.NullVariance.ARCSINE),
                new LiftPower(test, 0.2, new LiftPower.Metric.Share()),
                new LiftPower(test, 0.2, new LiftPower.Metric.Mean(0.4))));
  }

  @Property(tries = 200, seed = "20261121")
  void powerAtTheSampleSizeIsTheWantedPower(
      @ForAll("models") PowerModel model,
      @ForAll @DoubleRange(min = 0.02, max = 0.15) double effect,
      @ForAll @DoubleRange(min = 0.3, max = 0.99) double power) {
    double units = model.totalUnits(effect, power);
    assertThat(model.power(effect, units)).isCloseTo(power, offset(1e-9));
    assertThat(model.power(effect, units * 1.1)).isGreaterThan(power);
  }

  @Property(tries = 100, seed = "20261121")
  void detectableEffectAtTheSampleSizeIsTheEffect(
      @ForAll("models") PowerModel model,
      @ForAll @DoubleRange(min = 0.02, max = 0.15) double size,
      @ForAll boolean up) {
    double effect = up ? size : -size;
    double units = model.totalUnits(effect, 0.8);
    assertThat(model.minimumDetectableEffect(units, 0.8, up).orElseThrow())
        .isCloseTo(effect, offset(1e-7));
  }

  @Property(tries = 100, seed = "20261121")
  void rejectingWithoutAnEffectHasTheSignificanceLevel(
      @ForAll("models") PowerModel model, @ForAll @DoubleRange(min = 100, max = 1e6) double units) {
    assertThat(model.rejectionProbability(0, units))
        .isCloseTo(model.test().significance(), offset(1e-10));
  }

  @Property(tries = 100, seed = "20261121")
  void equalSplitNeedsTheFewestUnitsForEqualVariances(
      @ForAll @DoubleRange(min = 0.05, max = 0.45) double share) {
    PlannedTest equal = PlannedTest.twoSided(0.05);
    double balanced = new MeanPower(equal, 1, MeanPower.Law.NORMAL).totalUnits(0.1, 0.8);
    double skewed =
        new MeanPower(equal.withTreatmentShare(share), 1, MeanPower.Law.NORMAL)
            .totalUnits(0.1, 0.8);
    assertThat(skewed).isCloseTo(balanced / (4 * share * (1 - share)), offset(1e-6 * skewed));
  }

  @Property(tries = 100, seed = "20261121")
  void noncentralTWithoutNoncentralityIsStudents(
      @ForAll @DoubleRange(min = -8, max = 8) double t,
      @ForAll @DoubleRange(min = 1, max = 1e5) double df) {
    assertThat(NoncentralT.survival(t, df, 0)).isCloseTo(StudentT.survival(df, t), offset(1e-12));
  }

  /** At t = 0 the denominator plays no role: P(T > 0) = Φ(δ). */
  @Property(tries = 100, seed = "20261121")
  void noncentralTMirrors(
      @ForAll @DoubleRange(min = -30, max = 30) double t,
      @ForAll @DoubleRange(min = 1, max = 1e4) double df,
      @ForAll @DoubleRange(min = -30, max = 30) double delta) {
    assertThat(NoncentralT.survival(t, df, delta))
        .isCloseTo(1 - NoncentralT.survival(-t, df, -delta), offset(1e-12));
    assertThat(NoncentralT.survival(0, df, delta))
        .isCloseTo(NullLaw.NORMAL.survival(-delta), offset(1e-13));
  }
}
