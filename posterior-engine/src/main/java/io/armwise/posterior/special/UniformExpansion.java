package io.armwise.posterior.special;

/**
 * Tail of a beta or gamma distribution with large parameters, uniform in the distance from the
 * mean: a normal tail and a correction.
 *
 * <p>Write the distribution as {@code E sqrt(m/(2 pi)) Integral exp(-m t^2/2) g(t) dt}, where
 * {@code m} is the smaller parameter and {@code m t^2/2} the deviance of the variable from its
 * mean. With {@code W} the variable's distance from the mean in the scale of {@code m}, the change
 * of variable obeys {@code W dW/dt = t (1 + k1 W - k2 W^2)}, so {@code g = t/W} obeys
 *
 * <pre>{@code g - t g' = g^3 + k1 t g^2 - k2 t^2 g,   g(0) = 1,}</pre>
 *
 * which gives its Taylor coefficients one after the other. Integrating each power by parts leaves
 *
 * <pre>{@code tail / phi(t sqrt m) = M(|t| sqrt m) +- E/sqrt(m) Sum_j g_j P_j(t),
 * P_j = t^(j-1) + (j-1)/m P_(j-2),}</pre>
 *
 * with the Mills ratio {@code M}. For Gamma(m): {@code k1 = 1, k2 = 0}; for a beta variable whose
 * smaller parameter is the fraction {@code p} of the total: {@code k1 = (1 - 2p)/sqrt(1 - p), k2 =
 * p}. The nearest singularities of {@code g} lie at {@code |t| = sqrt(4 pi)}.
 *
 * <p>Source of the idea: Temme, "Asymptotic inversion of incomplete gamma functions", Math. Comp.
 * 58 (1992), section 2, and Temme, "Incomplete Laplace integrals", SIAM J. Math. Anal. 18 (1987),
 * section 3. The recurrence above is derived in {@code docs/statistics/numerics.md}.
 */
final class UniformExpansion {
  /** Smallest parameter for which {@link #MAX_TERMS} terms give full precision. */
  static final double MIN_PARAMETER = 24;

  /** Largest {@code |t|} for which they do. */
  static final double MAX_DISTANCE = 0.8;

  private static final int MAX_TERMS = 32;
  private static final double NEGLIGIBLE = 1e-18;

  private UniformExpansion() {}

  /** Whether the expansion reaches full precision at deviance {@code m t^2/2}. */
  static boolean covers(double m, double deviance) {
    return m >= MIN_PARAMETER && 2 * deviance <= MAX_DISTANCE * MAX_DISTANCE * m;
  }

  /**
   * The tail beyond a point, divided by the normal density there.
   *
   * @param m smaller parameter, {@code >= MIN_PARAMETER}
   * @param deviance {@code m t^2/2}
   * @param rightTail whether the tail lies above the mean of the variable with parameter {@code m}
   * @param k1 see the class comment
   * @param k2 see the class comment
   * @param normaliser {@code E}: exp of the Stirling remainders' sum
   */
  static double tailOverNormalDensity(
      double m, double deviance, boolean rightTail, double k1, double k2, double normaliser) {
    double z = Math.sqrt(2 * deviance);
    double sqrtM = Math.sqrt(m);
    double t = rightTail ? z / sqrtM : -z / sqrtM;
    double correction = normaliser / sqrtM * sum(m, t, k1, k2);
    return StandardNormal.millsOfPositive(z) + (rightTail ? correction : -correction);
  }

  private static double sum(double m, double t, double k1, double k2) {
    double[] g = new double[MAX_TERMS];
    double[] square = new double[MAX_TERMS];
    g[0] = 1;
    square[0] = 1;
    double power = 1;
    double beforeLast = 0;
    double last = 0;
    double sum = 0;
    double previousTerm = 1;
    for (int j = 1; j < MAX_TERMS; j++) {
      // Sums over 1 <= i <= j - 1: the parts of g^2 and g^3 that do not contain g_j.
      double squarePart = 0;
      double cubePart = 0;
      for (int i = 1; i < j; i++) {
        squarePart += g[i] * g[j - i];
        cubePart += g[i] * square[j - i];
      }
      double forcing = k1 * square[j - 1] - (j >= 2 ? k2 * g[j - 2] : 0);
      g[j] = -(squarePart + cubePart + forcing) / (j + 2);
      square[j] = 2 * g[j] + squarePart;

      double moment = power + (j - 1) / m * beforeLast;
      beforeLast = last;
      last = moment;
      power *= t;
      double term = g[j] * moment;
      sum += term;
      double size = Math.abs(term);
      if (size < NEGLIGIBLE && previousTerm < NEGLIGIBLE) {
        break;
      }
      previousTerm = size;
    }
    return sum;
  }
}
