package io.armwise.posterior.classical;

import io.armwise.posterior.special.FDistribution;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * Ordinary least squares with an intercept, by QR decomposition: {@code y = β₀ + β₁x₁ + … + ε}.
 *
 * <p>Standard errors assume equal error variances. With an arm indicator and covariates it is the
 * analysis of covariance that {@link Cuped} computes from sums.
 *
 * @param coefficients tests of each coefficient against zero, the intercept first
 * @param residualStandardDeviation {@code √(residual sum of squares / (n − d − 1))}
 * @param statistic F of "all coefficients but the intercept are zero"
 * @param modelDegreesOfFreedom d
 * @param residualDegreesOfFreedom n − d − 1
 * @param pValue of F
 */
public record LeastSquares(
    List<TestResult> coefficients,
    double residualStandardDeviation,
    double statistic,
    double modelDegreesOfFreedom,
    double residualDegreesOfFreedom,
    double pValue) {
  private static final double SINGULAR = 1e-12;

  /** Copies the list. */
  public LeastSquares {
    coefficients = List.copyOf(coefficients);
  }

  /**
   * Fits the model.
   *
   * @param y outcomes, length n
   * @param columns covariates, d ≥ 1 arrays of length n
   * @param level confidence level of the coefficients' intervals, in (0, 1)
   * @return the fit, or not enough for n ≤ d + 1, dependent covariates or a perfect fit
   * @throws IllegalArgumentException if lengths differ, a value is not finite, there is no
   *     covariate, or the level is outside (0, 1)
   */
  public static Inference<LeastSquares> fit(double[] y, double[][] columns, double level) {
    Guard.level(level);
    if (columns.length == 0) {
      throw new IllegalArgumentException("columns must not be empty");
    }
    int n = y.length;
    int d = columns.length;
    RealMatrix design = design(y, columns);
    if (n <= d + 1) {
      return Inference.notEnough(Shortfall.TOO_FEW_UNITS);
    }
    QRDecomposition qr = new QRDecomposition(design, 0);
    RealMatrix r = qr.getR().getSubMatrix(0, d, 0, d);
    for (int i = 0; i <= d; i++) {
      double scale = design.getColumnVector(i).getNorm();
      if (!(Math.abs(r.getEntry(i, i)) > SINGULAR * scale)) {
        return Inference.notEnough(Shortfall.COLLINEAR_COVARIATES);
      }
    }
    double[] beta = qr.getSolver().solve(new ArrayRealVector(y, false)).toArray();
    double[] fitted = design.operate(beta);
    double mean = meanOf(y);
    double residual = 0;
    double model = 0;
    for (int i = 0; i < n; i++) {
      residual += (y[i] - fitted[i]) * (y[i] - fitted[i]);
      model += (fitted[i] - mean) * (fitted[i] - mean);
    }
    double df = n - d - 1.0;
    if (!(residual > 0)) {
      return Inference.notEnough(Shortfall.NO_VARIATION);
    }
    double sigma = Math.sqrt(residual / df);
    RealMatrix inverse = new QRDecomposition(r).getSolver().getInverse();
    List<TestResult> tests = new ArrayList<>();
    for (int i = 0; i <= d; i++) {
      double se = sigma * inverse.getRowVector(i).getNorm();
      tests.add(TestResult.of(beta[i], se, df, Alternative.TWO_SIDED, level).orElseThrow());
    }
    double f = model / d / (residual / df);
    return Inference.of(new LeastSquares(tests, sigma, f, d, df, FDistribution.survival(d, df, f)));
  }

  private static RealMatrix design(double[] y, double[][] columns) {
    double[][] rows = new double[y.length][columns.length + 1];
    for (double value : y) {
      Guard.finite("each outcome", value);
    }
    for (int j = 0; j < columns.length; j++) {
      if (columns[j].length != y.length) {
        throw new IllegalArgumentException(
            "columns must have length " + y.length + ", got " + columns[j].length);
      }
      for (int i = 0; i < y.length; i++) {
        Guard.finite("each covariate", columns[j][i]);
        rows[i][0] = 1;
        rows[i][j + 1] = columns[j][i];
      }
    }
    return new Array2DRowRealMatrix(rows, false);
  }

  private static double meanOf(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
