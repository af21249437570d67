package io.armwise.posterior.special;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** What lies outside a domain is refused; what lies at its edges has its limit. */
class DomainTest {
  private static final double[] NOT_POSITIVE = {0, -0.0, -1, Double.NaN, Double.NEGATIVE_INFINITY};

  @Test
  void refusesNaNEverywhere() {
    List<DoubleUnaryOperator> functions =
        List.of(
            GammaFunction::logGamma,
            GammaFunction::digamma,
            GammaFunction::trigamma,
            StandardNormal::cdf,
            StandardNormal::survival,
            StandardNormal::logCdf,
            StandardNormal::logSurvival,
            StandardNormal::density,
            StandardNormal::logDensity,
            StandardNormal::millsRatio,
            StandardNormal::unitLoss,
            StandardNormal::quantile,
            StandardNormal::inverseSurvival,
            ErrorFunction::erf,
            ErrorFunction::erfc,
            x -> IncompleteBeta.lower(2, 3, x),
            x -> IncompleteBeta.upper(2, 3, x),
            x -> IncompleteBeta.logDensity(2, 3, x),
            x -> IncompleteBeta.inverseLower(2, 3, x),
            x -> IncompleteBeta.lower(x, 3, 0.5),
            x -> IncompleteBeta.lower(2, x, 0.5),
            x -> IncompleteGamma.lower(2, x),
            x -> IncompleteGamma.upper(x, 2),
            x -> IncompleteGamma.inverseUpper(2, x),
            x -> StudentT.cdf(3, x),
            x -> StudentT.logDensity(x, 1),
            x -> StudentT.quantile(3, x),
            x -> ChiSquared.survival(3, x),
            x -> FDistribution.cdf(3, 4, x),
            x -> BetaFunction.logBeta(x, 1));
    for (DoubleUnaryOperator function : functions) {
      assertThatIllegalArgumentException().isThrownBy(() -> function.applyAsDouble(Double.NaN));
    }
  }

  @Test
  void refusesParametersThatAreNotPositive() {
    for (double bad : NOT_POSITIVE) {
      assertThatIllegalArgumentException().isThrownBy(() -> GammaFunction.logGamma(bad));
      assertThatIllegalArgumentException().isThrownBy(() -> BetaFunction.logBeta(1, bad));
      assertThatIllegalArgumentException().isThrownBy(() -> IncompleteBeta.lower(bad, 1, 0.5));
      assertThatIllegalArgumentException().isThrownBy(() -> IncompleteGamma.lower(bad, 1));
      assertThatIllegalArgumentException().isThrownBy(() -> StudentT.cdf(bad, 1));
      assertThatIllegalArgumentException().isThrownBy(() -> ChiSquared.cdf(bad, 1));
      assertThatIllegalArgumentException().isThrownBy(() -> FDistribution.cdf(1, bad, 1));
    }
  }

  @Test
  void tailsReachTheirLimits() {
    assertThat(StandardNormal.cdf(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(StandardNormal.cdf(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(StandardNormal.survival(1e200)).isZero();
    assertThat(StandardNormal.logSurvival(1e5)).isCloseTo(-5e9 - Math.log(1e5), within(1.0));
    assertThat(StandardNormal.logSurvival(Double.POSITIVE_INFINITY))
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(StandardNormal.millsRatio(1e10)).isCloseTo(1e-10, within(1e-25));
    assertThat(StandardNormal.unitLoss(Double.POSITIVE_INFINITY)).isZero();
    assertThat(StandardNormal.unitLoss(Double.NEGATIVE_INFINITY)).isInfinite();
    assertThat(StandardNormal.quantile(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(StandardNormal.quantile(1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(ErrorFunction.erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(ErrorFunction.erfc(Double.NEGATIVE_INFINITY)).isEqualTo(2);
    assertThat(ChiSquared.cdf(3, -1)).isZero();
    assertThat(ChiSquared.survival(3, Double.POSITIVE_INFINITY)).isZero();
    assertThat(FDistribution.survival(3, 4, -1)).isEqualTo(1);
    assertThat(FDistribution.cdf(3, 4, Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(StudentT.quantile(3, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(IncompleteGamma.inverseLower(3, 1)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void theSmallestProbabilityHasAQuantile() {
    double z = StandardNormal.quantile(Double.MIN_VALUE);
    assertThat(StandardNormal.logCdf(z)).isCloseTo(Math.log(Double.MIN_VALUE), within(1e-10));
  }

  /** Every combination stays within [0, 1] and adds up, from 2e-300 to 1e300. */
  @Test
  void extremeParametersGiveProbabilities() {
    double[] parameters = {2e-300, 1e-100, 1e-3, 0.5, 1, 1e3, 1e15, 1e150, 1e300};
    double[] points = {0, Double.MIN_VALUE, 1e-300, 1e-5, 1, 1e5, 1e300, Double.MAX_VALUE};
    for (double a : parameters) {
      for (double x : points) {
        assertThat(IncompleteGamma.lower(a, x) + IncompleteGamma.upper(a, x))
            .as("gamma %s at %s", a, x)
            .isCloseTo(1, within(1e-9));
        assertThat(IncompleteGamma.logDensity(a, x)).isNotNaN();
        assertThat(StudentT.cdf(a, x) + StudentT.survival(a, x)).isCloseTo(1, within(1e-9));
        assertThat(StudentT.logDensity(a, x)).isNotNaN();
      }
      for (double p : new double[] {1e-300, 0.3, 0.5, Math.nextDown(1.0)}) {
        assertThat(IncompleteGamma.inverseLower(a, p)).isNotNaN().isNotNegative();
        assertThat(StudentT.quantile(a, p)).isNotNaN();
      }
    }
  }
}
