package io.armwise.posterior.comparison;

/**
 * Points of the line in the three forms that keep their digits: the value less an origin, what it
 * lacks of 1 (for rates near 1), and the position in the coordinate of the arm they belong to (for
 * values below the range of doubles). Mutable and reused; not thread-safe.
 */
final class Points {
  final double[] value;
  final double[] complement;
  final double[] position;

  Points(int size) {
    value = new double[size];
    complement = new double[size];
    position = new double[size];
  }

  /** Copies the nodes of a panel of one arm to the entries from {@code to} on. */
  void set(int to, Panel panel) {
    boolean wide = Math.abs(panel.half) > 1;
    double complementOfCentre = Math.exp(panel.logCentreComplement);
    for (int i = 0; i < GaussLegendre.ORDER; i++) {
      position[to + i] = panel.centre + panel.half * GaussLegendre.NODES[i];
      value[to + i] = panel.value(i);
      if (panel.coordinate == Coordinate.LOGIT) {
        // On a wide panel differences from the centre would cancel.
        if (wide) {
          value[to + i] = Math.exp(panel.logCentre + panel.logRatio[i]);
        }
        complement[to + i] =
            wide
                ? Math.exp(panel.logCentreComplement + panel.logComplementRatio[i])
                : complementOfCentre - panel.offset[i];
      }
    }
  }
}
