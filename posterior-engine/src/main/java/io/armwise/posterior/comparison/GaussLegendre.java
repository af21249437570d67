package io.armwise.posterior.comparison;

import java.util.Arrays;

/**
 * The Gauss-Legendre rule on [-1, 1] with the tables that turn samples at its nodes into running
 * integrals and into a measure of how well they resolve the sampled function.
 *
 * <p>Nodes are in increasing order. With {@code l_j} the Lagrange polynomial of node {@code j}, the
 * running integral {@code int_{t_i}^{1} l_j} follows from the Legendre expansion of {@code l_j} and
 * {@code (2m+1) P_m = P'_{m+1} - P'_{m-1}}. Source: Trefethen, Approximation Theory and
 * Approximation Practice, chapters 17 and 19.
 */
final class GaussLegendre {
  /** Number of nodes. Exact for polynomials of degree {@code 2 * ORDER - 1}. */
  static final int ORDER = 16;

  /** Nodes, increasing. */
  static final double[] NODES = new double[ORDER];

  /** Weights, which sum to 2. */
  static final double[] WEIGHTS = new double[ORDER];

  /** Half the nodes, which by symmetry determine the running integral at all of them. */
  static final int HALF = ORDER / 2;

  /**
   * Entry {@code [i * HALF + j]}: weight of {@code f_j + f_(ORDER-1-j)} in the running integral
   * from -1 to node i less half the total. It changes sign between node i and its mirror image.
   */
  private static final double[] EVEN = new double[HALF * HALF];

  /** The same for {@code f_j - f_(ORDER-1-j)}, where the sign stays. */
  private static final double[] ODD = new double[HALF * HALF];

  /** Weights that give the Legendre coefficient of degree {@code ORDER - 1}. */
  static final double[] LAST_COEFFICIENT = new double[ORDER];

  /** Weights that give the Legendre coefficient of degree {@code ORDER - 2}. */
  static final double[] NEXT_TO_LAST_COEFFICIENT = new double[ORDER];

  /** Row m: weights that give the Legendre coefficient of degree m. */
  private static final double[] COEFFICIENTS = new double[ORDER * ORDER];

  /** Row m: the monomial coefficients of the integral of {@code P_m} from -1, degrees 0 to 16. */
  private static final double[] ANTIDERIVATIVES = new double[ORDER * (ORDER + 1)];

  static {
    double[][] legendre = new double[ORDER][];
    for (int i = 0; i < ORDER; i++) {
      double t = node(i);
      double[] values = legendreValues(t);
      double slope = slope(t, values);
      NODES[i] = t;
      WEIGHTS[i] = 2 / ((1 - t * t) * slope * slope);
      legendre[i] = values;
    }
    for (int i = 0; i < HALF; i++) {
      for (int j = 0; j < HALF; j++) {
        double near = centredIntegral(legendre, i, j);
        double mirrored = centredIntegral(legendre, i, ORDER - 1 - j);
        EVEN[i * HALF + j] = 0.5 * (near + mirrored);
        ODD[i * HALF + j] = 0.5 * (near - mirrored);
      }
    }
    for (int j = 0; j < ORDER; j++) {
      LAST_COEFFICIENT[j] = (ORDER - 0.5) * WEIGHTS[j] * legendre[j][ORDER - 1];
      NEXT_TO_LAST_COEFFICIENT[j] = (ORDER - 1.5) * WEIGHTS[j] * legendre[j][ORDER - 2];
      for (int m = 0; m < ORDER; m++) {
        COEFFICIENTS[m * ORDER + j] = (m + 0.5) * WEIGHTS[j] * legendre[j][m];
      }
    }
    double[][] monomials = legendreMonomials();
    for (int m = 0; m < ORDER; m++) {
      for (int k = 0; k <= ORDER; k++) {
        double lower = m == 0 ? (k == 0 ? -1 : 0) : monomials[m - 1][k];
        ANTIDERIVATIVES[m * (ORDER + 1) + k] = (monomials[m + 1][k] - lower) / (2 * m + 1);
      }
    }
  }

  private GaussLegendre() {}

  /** Integral from -1 to node i of the polynomial that is 1 at node j, less half its total. */
  private static double centredIntegral(double[][] legendre, int i, int j) {
    double sum = NODES[i];
    for (int m = 1; m < ORDER; m++) {
      sum += legendre[j][m] * (legendre[i][m + 1] - legendre[i][m - 1]);
    }
    return 0.5 * WEIGHTS[j] * sum;
  }

  /**
   * Integral over [-1, 1] of the function with the given values at the nodes.
   *
   * @param values array that holds the values from {@code from} on
   */
  static double integral(double[] values, int from) {
    double sum = 0;
    for (int j = 0; j < HALF; j++) {
      sum += WEIGHTS[j] * (values[from + j] + values[from + ORDER - 1 - j]);
    }
    return sum;
  }

  /**
   * The running integral from -1 to every node, times {@code sign}, plus {@code start}.
   *
   * @param values array that holds the values from {@code from} on
   * @param out receives the results from {@code from} on
   * @param start added to every result, with half the total already in it
   */
  static void centredIntegrals(
      double[] values, int from, double start, double sign, double[] out, int to) {
    for (int i = 0; i < HALF; i++) {
      double even = 0;
      double odd = 0;
      for (int j = 0; j < HALF; j++) {
        double left = values[from + j];
        double right = values[from + ORDER - 1 - j];
        even += EVEN[i * HALF + j] * (left + right);
        odd += ODD[i * HALF + j] * (left - right);
      }
      out[to + i] = start + sign * (odd + even);
      out[to + ORDER - 1 - i] = start + sign * (odd - even);
    }
  }

  /** Legendre coefficient of degree {@code m} of the function with the given values. */
  static double coefficient(int m, double[] values, int from) {
    double sum = 0;
    for (int j = 0; j < ORDER; j++) {
      sum += COEFFICIENTS[m * ORDER + j] * values[from + j];
    }
    return sum;
  }

  /**
   * The integral from -1 as a polynomial in powers of t, degrees 0 to 16. Going through the
   * Legendre coefficients keeps it exact where those fall off, as they do on resolved panels: the
   * large factors of the high powers then multiply small numbers.
   */
  static void antiderivative(double[] values, int from, double[] out, int to) {
    Arrays.fill(out, to, to + ORDER + 1, 0);
    for (int m = 0; m < ORDER; m++) {
      double c = coefficient(m, values, from);
      int row = m * (ORDER + 1);
      for (int k = 0; k <= m + 1; k++) {
        out[to + k] += c * ANTIDERIVATIVES[row + k];
      }
    }
  }

  /** A polynomial of degree 16 in two chains, which processors run side by side. */
  static double polynomial(double[] c, int at, double t) {
    double s = t * t;
    double even = c[at + 16];
    double odd = c[at + 15];
    for (int k = 14; k > 0; k -= 2) {
      even = Math.fma(even, s, c[at + k]);
      odd = Math.fma(odd, s, c[at + k - 1]);
    }
    return Math.fma(even, s, Math.fma(odd, t, c[at]));
  }

  /**
   * Estimate of the error of {@link #integral}: the last four coefficients show how fast they fall;
   * the first degree that the rule misses is seventeen further on. A kink, whose coefficients fall
   * slowly, shows as a ratio near 1.
   */
  static double integralError(double[] values, int from) {
    double tail =
        Math.abs(coefficient(ORDER - 1, values, from))
            + Math.abs(coefficient(ORDER - 2, values, from));
    if (tail == 0) {
      return 0;
    }
    double before =
        Math.abs(coefficient(ORDER - 3, values, from))
            + Math.abs(coefficient(ORDER - 4, values, from));
    double ratio = tail < before ? tail / before : 1;
    double square = ratio * ratio;
    double fourth = square * square;
    return 2 * tail * fourth * fourth;
  }

  private static double[][] legendreMonomials() {
    double[][] p = new double[ORDER + 1][ORDER + 1];
    p[0][0] = 1;
    p[1][1] = 1;
    for (int m = 2; m <= ORDER; m++) {
      for (int k = 0; k <= m; k++) {
        double shifted = k == 0 ? 0 : p[m - 1][k - 1];
        p[m][k] = ((2 * m - 1) * shifted - (m - 1) * p[m - 2][k]) / m;
      }
    }
    return p;
  }

  /** Newton's method from the usual cosine start; the nodes are made symmetric by construction. */
  private static double node(int i) {
    int mirrored = ORDER - 1 - i;
    if (mirrored < i) {
      return -node(mirrored);
    }
    double t = -Math.cos(Math.PI * (i + 0.75) / (ORDER + 0.5));
    for (int step = 0; step < 8; step++) {
      double[] values = legendreValues(t);
      t -= values[ORDER] / slope(t, values);
    }
    return t;
  }

  /** {@code P_0(t) .. P_ORDER(t)}. */
  private static double[] legendreValues(double t) {
    double[] values = new double[ORDER + 1];
    values[0] = 1;
    values[1] = t;
    for (int m = 2; m <= ORDER; m++) {
      values[m] = ((2 * m - 1) * t * values[m - 1] - (m - 1) * values[m - 2]) / m;
    }
    return values;
  }

  private static double slope(double t, double[] values) {
    return ORDER * (t * values[ORDER] - values[ORDER - 1]) / (t * t - 1);
  }
}
