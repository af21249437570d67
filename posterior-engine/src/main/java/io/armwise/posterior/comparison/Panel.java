package io.armwise.posterior.comparison;

/**
 * One stretch of the integration variable with the sixteen nodes of {@link GaussLegendre} on it.
 *
 * <p>Everything at a node is kept relative to the centre of the panel: {@code x_i - x_c}, {@code
 * ln(x_i/x_c)}, {@code ln((1-x_i)/(1-x_c))}. A log density at a node is then its value at the
 * centre, computed once with care, plus small terms. Sums of terms of size 1e9 that cancel to order
 * one never appear, so posteriors with 1e9 observations keep ten digits.
 *
 * <p>Mutable and reused; not thread-safe.
 */
final class Panel {
  private static final int ORDER = GaussLegendre.ORDER;

  Coordinate coordinate = Coordinate.LINEAR;

  /** Position of the centre in the coordinate. */
  double centre;

  /** Half the width in the coordinate; negative when the sweep runs towards larger values. */
  double half;

  /** Value at the centre. */
  double centreValue;

  /** {@code ln x} and {@code ln(1-x)} at the centre, where the coordinate has them. */
  double logCentre;

  double logCentreComplement;

  /** {@code x_i - x_c}. */
  final double[] offset = new double[ORDER];

  /** {@code ln(x_i/x_c)}, for LOG and LOGIT. */
  final double[] logRatio = new double[ORDER];

  /** {@code ln((1-x_i)/(1-x_c))}, for LOGIT. */
  final double[] logComplementRatio = new double[ORDER];

  /** Weights of an integral over the value, {@code w_i |half| dx/dv}. */
  final double[] valueWeight = new double[ORDER];

  private double tabulatedHalf = Double.NaN;
  private final double[] tabulatedExpm1 = new double[ORDER];

  /**
   * Places the panel.
   *
   * @param half half width with the sign of the sweep: node order is the order of goodness
   */
  void place(Coordinate coordinate, double centre, double half) {
    this.coordinate = coordinate;
    this.centre = centre;
    this.half = half;
    double size = Math.abs(half);
    switch (coordinate) {
      case LINEAR -> {
        centreValue = centre;
        for (int i = 0; i < ORDER; i++) {
          offset[i] = half * GaussLegendre.NODES[i];
          valueWeight[i] = size * GaussLegendre.WEIGHTS[i];
        }
      }
      case LOG -> {
        tabulate(half);
        centreValue = Math.exp(centre);
        logCentre = centre;
        for (int i = 0; i < ORDER; i++) {
          // Far below the range of doubles the growth may overflow; the value stays 0.
          offset[i] = centreValue == 0 ? 0 : centreValue * tabulatedExpm1[i];
          logRatio[i] = half * GaussLegendre.NODES[i];
          valueWeight[i] = size * GaussLegendre.WEIGHTS[i] * (centreValue + offset[i]);
        }
      }
      case LOGIT -> placeLogit(size);
    }
  }

  private void placeLogit(double size) {
    tabulate(half);
    double decay = Math.exp(-Math.abs(centre));
    double larger = 1 / (1 + decay);
    double smaller = decay * larger;
    double logLarger = -Math.log1p(decay);
    double logSmaller = -Math.abs(centre) + logLarger;
    boolean low = centre < 0;
    double x = low ? smaller : larger;
    double complement = low ? larger : smaller;
    centreValue = x;
    logCentre = low ? logSmaller : logLarger;
    logCentreComplement = low ? logLarger : logSmaller;
    for (int i = 0; i < ORDER; i++) {
      double step = half * GaussLegendre.NODES[i];
      // (1-x_i)/(1-x_c) = 1/(1 + x_c expm1(step)) and x_i/x_c = 1/(1 + (1-x_c) expm1(-step)).
      // The ratio that is nearly 1 is computed, the other follows as their quotient is e^step.
      double growth = low ? tabulatedExpm1[i] : tabulatedExpm1[ORDER - 1 - i];
      if (smaller == 0) {
        growth = 0; // beyond the range of doubles, where it may have overflowed
      }
      double denominator = 1 + smaller * growth;
      double reciprocal = 1 / denominator;
      double nearOne = -log1p(smaller * growth, denominator);
      logComplementRatio[i] = low ? nearOne : nearOne - step;
      logRatio[i] = low ? nearOne + step : nearOne;
      double shift = x * complement * growth * reciprocal;
      offset[i] = low ? shift : -shift;
      valueWeight[i] =
          size
              * GaussLegendre.WEIGHTS[i]
              * (x * complement * (1 + growth) * reciprocal * reciprocal);
    }
  }

  /** {@code log1p(z)} from {@code 1 + z}; the correction restores what the sum rounded away. */
  private static double log1p(double z, double onePlusZ) {
    return Math.log(onePlusZ) + (z - (onePlusZ - 1)) / onePlusZ;
  }

  /** Panels of one width follow each other, so the exponentials of the node steps are kept. */
  private void tabulate(double half) {
    if (half != tabulatedHalf) {
      tabulatedHalf = half;
      for (int i = 0; i < ORDER; i++) {
        tabulatedExpm1[i] = Math.expm1(half * GaussLegendre.NODES[i]);
      }
    }
  }

  /** Value at a node. */
  double value(int node) {
    return centreValue + offset[node];
  }
}
