package io.armwise.posterior.special;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.FDistribution;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Random parameters against Commons Math 3.6.1, an independent implementation. It is the less exact
 * of the two: the tolerance 1e-10 is what it reaches with parameters up to 1e4.
 */
class CommonsMathPropertyTest {
  private static final double TOLERANCE = 1e-10;

  @Provide
  Arbitrary<Double> parameters() {
    return Arbitraries.doubles().between(-2, 4).map(exponent -> Math.pow(10, exponent));
  }

  @Property(tries = 500, seed = "20261122")
  void betaTails(
      @ForAll("parameters") double a,
      @ForAll("parameters") double b,
      @ForAll @Scale(6) @DoubleRange(min = 0.001, max = 0.999) double p) {
    double x = IncompleteBeta.inverseLower(a, b, p);
    BetaDistribution oracle = new BetaDistribution(null, a, b);
    assertThat(IncompleteBeta.lower(a, b, x))
        .isCloseTo(oracle.cumulativeProbability(x), within(TOLERANCE));
    if (x > 0 && x < 1) {
      double expected = oracle.logDensity(x);
      assertThat(IncompleteBeta.logDensity(a, b, x))
          .isCloseTo(expected, within(TOLERANCE * (1 + Math.abs(expected) + a + b)));
    }
  }

  @Property(tries = 500, seed = "20261123")
  void gammaTails(
      @ForAll("parameters") double a,
      @ForAll @Scale(6) @DoubleRange(min = 0.001, max = 0.999) double p) {
    double x = IncompleteGamma.inverseLower(a, p);
    GammaDistribution oracle = new GammaDistribution(null, a, 1);
    assertThat(IncompleteGamma.lower(a, x))
        .isCloseTo(oracle.cumulativeProbability(x), within(TOLERANCE));
  }

  /**
   * Not closer to 0 than 0.1: the oracle forms {@code nu/(nu + t^2)} alone, whose rounding is worth
   * {@code 1e-16 nu/t} there.
   */
  @Property(tries = 300, seed = "20261124")
  void studentTails(
      @ForAll("parameters") double nu,
      @ForAll @Scale(6) @DoubleRange(min = 0.1, max = 30) double t) {
    TDistribution oracle = new TDistribution(null, nu);
    assertThat(StudentT.cdf(nu, t)).isCloseTo(oracle.cumulativeProbability(t), within(TOLERANCE));
    assertThat(StudentT.cdf(nu, -t)).isCloseTo(oracle.cumulativeProbability(-t), within(TOLERANCE));
    assertThat(StudentT.logDensity(nu, t))
        .isCloseTo(oracle.logDensity(t), within(TOLERANCE * (1 + nu)));
  }

  @Property(tries = 300, seed = "20261125")
  void fTails(
      @ForAll("parameters") double df1,
      @ForAll("parameters") double df2,
      @ForAll @Scale(6) @DoubleRange(min = 0.01, max = 100) double f) {
    FDistribution oracle = new FDistribution(null, df1, df2);
    assertThat(io.armwise.posterior.special.FDistribution.cdf(df1, df2, f))
        .isCloseTo(oracle.cumulativeProbability(f), within(TOLERANCE));
  }

  /** Each tail by its own path: their sum shows an error that neither would show alone. */
  @Property(tries = 500, seed = "20261126")
  void tailsAddUpAndSwap(
      @ForAll("parameters") double a,
      @ForAll("parameters") double b,
      @ForAll @Scale(6) @DoubleRange(min = 0, max = 1) double x) {
    double lower = IncompleteBeta.lower(a, b, x, 1 - x);
    double upper = IncompleteBeta.lower(b, a, 1 - x, x);
    assertThat(lower + upper).isCloseTo(1, within(1e-13));
  }
}
