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

  /** Entry {@code [j * ORDER + i]}: integral from node i to 1 of the polynomial that is 1 at j. */
  static final double[] ABOVE = new double[ORDER * ORDER];

  /** Entry {@code [j * ORDER + i]}: integral from -1 to node i of the polynomial that is 1 at j. */
  static final double[] BELOW = new double[ORDER * ORDER];

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
    for (int j = 0; j < ORDER; j++) {
      for (int i = 0; i < ORDER; i++) {
        double below = 0.5 * WEIGHTS[j] * (NODES[i] + 1);
        for (int m = 1; m < ORDER; m++) {
          below += 0.5 * WEIGHTS[j] * legendre[j][m] * (legendre[i][m + 1] - legendre[i][m - 1]);
        }
        BELOW[j * ORDER + i] = below;
        ABOVE[j * ORDER + i] = WEIGHTS[j] - below;
      }
      LAST_COEFFICIENT[j] = (ORDER - 0.5) * WEIGHTS[j] * legendre[j][ORDER - 1];
      NEXT_TO_LAST_COEFFICIENT[j] = (ORDER - 1.5) * WEIGHTS[j] * legendre[j][ORDER - 2];
    }
  }

  private GaussLegendre() {}

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
