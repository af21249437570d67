package io.armwise.posterior.special;

import org.junit.jupiter.api.Test;

/**
 * Normal and error functions against mpmath at 60 to 90 digits; see {@code
 * reference/special/README.md}. Bounds are the worst error of the table, rounded up to the next 1,
 * 2 or 5.
 */
class NormalReferenceTest {
  private final ReferenceTable normal = ReferenceTable.load("normal_cdf.csv");
  private final ReferenceTable error = ReferenceTable.load("erf.csv");

  @Test
  void bothTailsAreExactToTheLastDigits() {
    normal.assertRelativeError("cdf", 5e-16, row -> StandardNormal.cdf(row.input(0)));
    normal.assertRelativeError("sf", 5e-16, row -> StandardNormal.survival(row.input(0)));
  }

  @Test
  void logSurvivalOutlivesTheUnderflowOfTheTail() {
    normal.assertRelativeError("ln_sf", 5e-16, row -> StandardNormal.logSurvival(row.input(0)));
  }

  @Test
  void densityKeepsItsDigitsInTheTail() {
    normal.assertRelativeError("pdf", 5e-16, row -> StandardNormal.density(row.input(0)));
  }

  @Test
  void millsRatioIsExactToTheLastDigits() {
    normal.assertRelativeError("mills", 5e-16, row -> StandardNormal.millsRatio(row.input(0)));
  }

  @Test
  void unitLossDoesNotCancel() {
    normal.assertRelativeError("unit_loss", 1e-15, row -> StandardNormal.unitLoss(row.input(0)));
  }

  @Test
  void quantileIsExactToTheLastDigits() {
    ReferenceTable.load("normal_quantile.csv")
        .assertRelativeError("z", 5e-16, row -> StandardNormal.quantile(row.input(0)));
  }

  @Test
  void errorFunctionIsExactToTheLastDigits() {
    error.assertRelativeError("erf", 5e-16, row -> ErrorFunction.erf(row.input(0)));
    error.assertRelativeError("erfc", 5e-16, row -> ErrorFunction.erfc(row.input(0)));
  }
}
