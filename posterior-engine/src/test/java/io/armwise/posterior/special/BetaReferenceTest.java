package io.armwise.posterior.special;

import org.junit.jupiter.api.Test;

/**
 * Beta functions against mpmath at 60 to 90 digits; see {@code reference/special/README.md}.
 *
 * <p>The bounds are the worst error of the table, rounded up to the next 1, 2 or 5: an
 * implementation that loses a digit anywhere fails.
 */
class BetaReferenceTest {
  private final ReferenceTable distribution = ReferenceTable.load("beta_cdf.csv");
  private final ReferenceTable quantiles = ReferenceTable.load("beta_quantile.csv");

  @Test
  void lowerTailKeepsFourteenDigits() {
    distribution.assertRelativeError(
        "cdf", 2e-14, row -> IncompleteBeta.lower(row.input(0), row.input(1), row.input(2)));
  }

  @Test
  void upperTailKeepsFourteenDigits() {
    distribution.assertRelativeError(
        "sf", 1e-14, row -> IncompleteBeta.upper(row.input(0), row.input(1), row.input(2)));
  }

  @Test
  void logDensityDoesNotLoseDigitsAsParametersGrow() {
    distribution.assertScaledError(
        "log_pdf",
        5e-15,
        row -> IncompleteBeta.logDensity(row.input(0), row.input(1), row.input(2)));
  }

  /** The worst case is a = 0.01, where a relative error of 1e-16 in p is worth 100 times that. */
  @Test
  void quantileIsAccurateRelativeToItsSize() {
    quantiles.assertRelativeError("x", 5e-14, row -> point(row).value());
  }

  @Test
  void quantileIsAccurateRelativeToItsDistanceFromOne() {
    quantiles.assertRelativeError("one_minus_x", 1e-14, row -> point(row).complement());
  }

  @Test
  void logBetaIsAccurateAbsolutelyAndRelatively() {
    ReferenceTable table = ReferenceTable.load("ln_beta.csv");
    table.assertScaledError(
        "ln_beta", 5e-16, row -> BetaFunction.logBeta(row.input(0), row.input(1)));
    table.assertRelativeError(
        "ln_beta", 2e-15, row -> BetaFunction.logBeta(row.input(0), row.input(1)));
  }

  private static UnitPoint point(ReferenceTable.Row row) {
    return IncompleteBeta.pointWithLowerTail(row.input(0), row.input(1), row.input(2));
  }
}
