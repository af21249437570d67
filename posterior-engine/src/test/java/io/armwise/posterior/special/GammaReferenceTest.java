package io.armwise.posterior.special;

import org.junit.jupiter.api.Test;

/**
 * Gamma functions against mpmath at 60 to 90 digits; see {@code reference/special/README.md}.
 * Bounds are the worst error of the table, rounded up to the next 1, 2 or 5.
 */
class GammaReferenceTest {
  private final ReferenceTable gamma = ReferenceTable.load("gamma_digamma_trigamma.csv");
  private final ReferenceTable incomplete = ReferenceTable.load("incomplete_gamma.csv");

  @Test
  void logGammaIsAccurateAlsoBesideItsZeros() {
    gamma.assertRelativeError("ln_gamma", 5e-16, row -> GammaFunction.logGamma(row.input(0)));
  }

  /** Absolute beside its zero at 1.46, relative elsewhere. */
  @Test
  void digammaIsAccurate() {
    gamma.assertScaledError("digamma", 2e-15, row -> GammaFunction.digamma(row.input(0)));
  }

  @Test
  void trigammaIsAccurateRelativeToItsSize() {
    gamma.assertRelativeError("trigamma", 1e-15, row -> GammaFunction.trigamma(row.input(0)));
  }

  @Test
  void lowerTailKeepsFourteenDigits() {
    incomplete.assertRelativeError(
        "P", 2e-14, row -> IncompleteGamma.lower(row.input(0), row.input(1)));
  }

  @Test
  void upperTailKeepsFourteenDigits() {
    incomplete.assertRelativeError(
        "Q", 5e-15, row -> IncompleteGamma.upper(row.input(0), row.input(1)));
  }

  @Test
  void chiSquaredKeepsFourteenDigits() {
    ReferenceTable table = ReferenceTable.load("chi2_cdf.csv");
    table.assertRelativeError("cdf", 1e-14, row -> ChiSquared.cdf(row.input(0), row.input(1)));
    table.assertRelativeError("sf", 1e-14, row -> ChiSquared.survival(row.input(0), row.input(1)));
  }
}
