package io.armwise.posterior.classical;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * Variance reduction by covariates that were measured before the experiment (CUPED): {@code y −
 * θ·(x − x̄)} has the same expectation as y in every arm and a smaller variance.
 *
 * <p>Variable 0 of the {@link CoMoments} is the metric, the others are the covariates. Covariates
 * must not be affected by the treatment; one that is biases the effect.
 *
 * <p>{@code θ = (Σ Cₓₓ)⁻¹ Σ Cₓᵧ}, sums over arms, each within its arm: pooling all units instead
 * lets the effect itself and a chance imbalance of the covariate into θ. The estimate equals
 * analysis of covariance with a common slope; its error counts θ as known, which is right to order
 * 1/n.
 *
 * <p>Sources: Deng, Xu, Kohavi and Walker (WSDM 2013), §3; Lin (2013), Ann. Appl. Stat. 7:295.
 */
public final class Cuped {
  private static final double COLLINEAR = 1e-12;

  private final double[] theta;
  private final double[] centre;
  private final double varianceFactor;

  private Cuped(double[] theta, double[] centre, double varianceFactor) {
    this.theta = theta;
    this.centre = centre;
    this.varianceFactor = varianceFactor;
  }

  /**
   * Fits the coefficients, pooled within the arms.
   *
   * @param arms the arms, each with the metric and the same covariates
   * @return the fitted adjustment, or not enough for too few units, a metric that does not vary, or
   *     covariates that do not vary or depend on each other
   * @throws IllegalArgumentException without arms or covariates, or if their numbers differ
   */
  public static Inference<Cuped> fit(List<CoMoments> arms) {
    if (arms.isEmpty() || arms.getFirst().variables() < 2) {
      throw new IllegalArgumentException("arms must have a metric and at least one covariate");
    }
    int d = arms.getFirst().variables() - 1;
    double[][] xx = new double[d][d];
    double[] xy = new double[d];
    double yy = 0;
    double df = 0;
    CoMoments all = arms.getFirst();
    for (int k = 0; k < arms.size(); k++) {
      CoMoments arm = arms.get(k);
      all = k == 0 ? all : all.merge(arm);
      yy += arm.coMoment(0, 0);
      df += Math.max(0, arm.n() - 1);
      for (int i = 0; i < d; i++) {
        xy[i] += arm.coMoment(i + 1, 0);
        for (int j = 0; j < d; j++) {
          xx[i][j] += arm.coMoment(i + 1, j + 1);
        }
      }
    }
    if (df <= d) {
      return Inference.notEnough(Shortfall.TOO_FEW_UNITS);
    }
    if (!(yy > 0)) {
      return Inference.notEnough(Shortfall.NO_VARIATION);
    }
    double metricSquares = yy;
    double[] centre = new double[d];
    for (int i = 0; i < d; i++) {
      centre[i] = all.mean(i + 1);
    }
    return solve(xx, xy)
        .map(theta -> new Cuped(theta, centre, Math.max(0, 1 - dot(theta, xy) / metricSquares)));
  }

  /** Scales the covariates to unit variance first, so that "collinear" does not depend on units. */
  private static Inference<double[]> solve(double[][] xx, double[] xy) {
    int d = xy.length;
    double[] scale = new double[d];
    for (int i = 0; i < d; i++) {
      if (!(xx[i][i] > 0)) {
        return Inference.notEnough(Shortfall.COLLINEAR_COVARIATES);
      }
      scale[i] = Math.sqrt(xx[i][i]);
    }
    double[][] correlation = new double[d][d];
    double[] right = new double[d];
    for (int i = 0; i < d; i++) {
      right[i] = xy[i] / scale[i];
      for (int j = 0; j < d; j++) {
        correlation[i][j] = xx[i][j] / scale[i] / scale[j];
      }
    }
    SingularValueDecomposition svd =
        new SingularValueDecomposition(new Array2DRowRealMatrix(correlation, false));
    if (!(svd.getInverseConditionNumber() > COLLINEAR)) {
      return Inference.notEnough(Shortfall.COLLINEAR_COVARIATES);
    }
    double[] theta = svd.getSolver().solve(new ArrayRealVector(right, false)).toArray();
    for (int i = 0; i < d; i++) {
      theta[i] /= scale[i];
    }
    return Inference.of(theta);
  }

  /**
   * The adjusted mean of an arm: {@code ȳ − θ·(x̄ − x̄_all)}, its error from the variance of {@code
   * y − θ·x} within the arm, {@code n − 1} degrees of freedom.
   *
   * @param arm one of the arms that were fitted
   * @return the estimate, or not enough for fewer than two units
   * @throws IllegalArgumentException if the number of covariates differs
   */
  public Inference<ArmEstimate> adjust(CoMoments arm) {
    checkCovariates(arm);
    if (arm.n() < 2) {
      return Inference.notEnough(Shortfall.TOO_FEW_UNITS);
    }
    double variance = residualVariance(arm, 1);
    return Inference.of(
        new ArmEstimate(adjustedMean(arm), Math.sqrt(variance / arm.n()), arm.n() - 1));
  }

  private void checkCovariates(CoMoments arm) {
    if (arm.variables() != theta.length + 1) {
      throw new IllegalArgumentException(
          "covariates must be " + theta.length + ", got " + (arm.variables() - 1));
    }
  }

  private double adjustedMean(CoMoments arm) {
    double mean = arm.mean(0);
    for (int i = 0; i < theta.length; i++) {
      mean -= theta[i] * (arm.mean(i + 1) - centre[i]);
    }
    return mean;
  }

  /** Sample variance of {@code factor·y − θ·x} within an arm. */
  private double residualVariance(CoMoments arm, double factor) {
    double squares = factor * factor * arm.coMoment(0, 0);
    for (int i = 0; i < theta.length; i++) {
      squares -= 2 * factor * theta[i] * arm.coMoment(i + 1, 0);
      for (int j = 0; j < theta.length; j++) {
        squares += theta[i] * theta[j] * arm.coMoment(i + 1, j + 1);
      }
    }
    // A perfect covariate leaves a rounding residue of either sign.
    return Math.max(0, squares) / (arm.n() - 1);
  }

  /**
   * The adjusted effect relative to the unadjusted mean of the control, which is the level that
   * people know: {@code Δ/|ȳ_c|}.
   *
   * <p>The adjusted and the unadjusted mean of the control are correlated; the delta method takes
   * that in: {@code (Var_t(y − θx)/n_t + Var_c(r y − θx)/n_c) / ȳ_c²} with {@code r = ȳ_t/ȳ_c}, the
   * ratio at which the covariates are balanced in expectation. GrowthBook computes the same.
   *
   * @param control one of the arms that were fitted, the one that divides
   * @param treatment another arm that was fitted
   * @param alternative direction of the alternative
   * @param level confidence level in (0, 1)
   * @return the test of no effect, or not enough for fewer than two units in an arm, no variation,
   *     or a control mean of zero
   * @throws IllegalArgumentException if the level is outside (0, 1) or the numbers of covariates
   *     differ
   */
  public Inference<TestResult> relativeEffect(
      CoMoments control, CoMoments treatment, Alternative alternative, double level) {
    Guard.level(level);
    checkCovariates(control);
    checkCovariates(treatment);
    double base = Math.abs(control.mean(0));
    if (base == 0) {
      return Inference.notEnough(Shortfall.DENOMINATOR_NEAR_ZERO);
    }
    if (control.n() < 2 || treatment.n() < 2) {
      return Inference.notEnough(Shortfall.TOO_FEW_UNITS);
    }
    double ratio = treatment.mean(0) / control.mean(0);
    double ofControl = residualVariance(control, ratio) / control.n();
    double ofTreatment = residualVariance(treatment, 1) / treatment.n();
    return TestResult.of(
        (adjustedMean(treatment) - adjustedMean(control)) / base,
        Math.sqrt(ofControl + ofTreatment) / base,
        Comparison.satterthwaite(ofControl, control.n() - 1, ofTreatment, treatment.n() - 1),
        alternative,
        level);
  }

  /**
   * The coefficients.
   *
   * @return θ, one per covariate, in units of the metric per unit of the covariate
   */
  public double[] theta() {
    return theta.clone();
  }

  /**
   * The share of the variance that remains, {@code 1 − R²} within arms: the sample that is needed
   * shrinks by this factor.
   *
   * @return a number in [0, 1]
   */
  public double varianceFactor() {
    return varianceFactor;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Override
  public String toString() {
    return "Cuped[theta=" + Arrays.toString(theta) + ", varianceFactor=" + varianceFactor + "]";
  }
}
