package io.armwise.posterior.comparison;

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
