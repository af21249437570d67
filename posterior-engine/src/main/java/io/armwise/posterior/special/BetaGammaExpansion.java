package io.armwise.posterior.special;

/**
 * Lower tail of Beta(a, b) for large {@code a}, small {@code b} and {@code x} near 1, as a sum of
 * gamma tails.
 *
 * <p>With {@code t = -ln x} the tail is {@code 1/B Integral_T^Infinity (2 sinh(t/2))^(b-1) e^(-nu
 * t) dt}, {@code nu = a + (b-1)/2}. Expanding {@code (sinh(t/2)/(t/2))^(b-1) = Sum p_n t^(2n)}
 * gives {@code K Sum p_n nu^(-2n) Gamma(b+2n, nu T)/Gamma(b)}, and {@code K} follows from the same
 * sum at {@code T = 0}, where the tail is 1. Source: the idea is Didonato and Morris, "Algorithm
 * 708", ACM TOMS 18 (1992), section 5.
 */
final class BetaGammaExpansion {
  private static final double MIN_FIRST = 300;
  private static final double MAX_SECOND = UniformExpansion.MIN_PARAMETER;
  private static final double MAX_COMPLEMENT = 0.4;
  private static final int TERMS = 14;
  private static final double NEGLIGIBLE = 1e-17;

  private BetaGammaExpansion() {}

  /** Whether {@link #TERMS} terms reach full precision. */
  static boolean covers(double a, double b, double y) {
    return a >= MIN_FIRST && a >= 30 * b && b < MAX_SECOND && y <= MAX_COMPLEMENT;
  }

  /** {@code I_x(a, b)} with {@code y = 1 - x}. */
  static double lower(double a, double b, double y) {
    double nu = a + 0.5 * (b - 1);
    double u = -nu * Math.log1p(-y);
    double inverseSquare = 1 / nu / nu;

    double[] p = new double[TERMS];
    double[] f = new double[TERMS];
    p[0] = 1;
    f[0] = 1;
    double tail = IncompleteGamma.upper(b, u);
    double boundary = Math.exp(IncompleteGamma.logPower(b, u));
    double rising = 1;
    double scale = 1;
    double sum = tail;
    double total = 1;
    for (int n = 1; n < TERMS; n++) {
      f[n] = f[n - 1] / (4.0 * (2 * n) * (2 * n + 1));
      double coefficient = 0;
      for (int k = 1; k <= n; k++) {
        coefficient += (k * (b - 1) - (n - k)) * f[k] * p[n - k];
      }
      p[n] = coefficient / n;

      double s = b + 2 * n;
      // Gamma(s, u) = (s-1)(s-2) Gamma(s-2, u) + (u^(s-1) + (s-1) u^(s-2)) e^-u.
      tail = (s - 1) * (s - 2) * tail + (u + s - 1) * boundary;
      boundary *= u * u;
      rising *= (s - 1) * (s - 2);
      scale *= inverseSquare;
      double term = p[n] * scale * tail;
      sum += term;
      total += p[n] * scale * rising;
      if (Math.abs(term) <= NEGLIGIBLE * sum && Math.abs(p[n] * scale * rising) <= NEGLIGIBLE) {
        break;
      }
    }
    return Math.min(1, sum / total);
  }
}
