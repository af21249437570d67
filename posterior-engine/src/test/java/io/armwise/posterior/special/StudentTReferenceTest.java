package io.armwise.posterior.special;

import org.junit.jupiter.api.Test;

/**
 * Student t and F against mpmath at 60 to 90 digits; see {@code reference/special/README.md}.
 * Bounds are the worst error of the table, rounded up to the next 1, 2 or 5.
 */
class StudentTReferenceTest {
  private final ReferenceTable student = ReferenceTable.load("student_t_cdf.csv");
  private final ReferenceTable fisher = ReferenceTable.load("f_cdf.csv");

  @Test
  void bothTailsKeepFourteenDigits() {
    student.assertRelativeError("cdf", 2e-14, row -> StudentT.cdf(row.input(0), row.input(1)));
    student.assertRelativeError("sf", 1e-14, row -> StudentT.survival(row.input(0), row.input(1)));
  }

  @Test
  void quantileIsExactToTheLastDigits() {
    ReferenceTable.load("student_t_quantile.csv")
        .assertRelativeError("t", 1e-15, row -> StudentT.quantile(row.input(0), row.input(1)));
  }

  @Test
  void bothTailsOfFKeepThirteenDigits() {
    fisher.assertRelativeError(
        "cdf", 2e-15, row -> FDistribution.cdf(row.input(0), row.input(1), row.input(2)));
    fisher.assertRelativeError(
        "sf", 5e-14, row -> FDistribution.survival(row.input(0), row.input(1), row.input(2)));
  }
}
