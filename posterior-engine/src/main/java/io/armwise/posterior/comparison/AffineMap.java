package io.armwise.posterior.comparison;

/**
 * {@code t(x) = factor x + shift} from the line of one tabulated arm to the coordinate of another.
 *
 * <p>{@code 1 - t(x) = factor (1 - x) + (1 - factor - shift)} is formed from the complement of x,
 * and the last bracket is given rather than computed, so that rates near 1 keep their digits.
 */
final class AffineMap {
  /** Below this a value has lost digits to underflow and its position is taken instead. */
  private static final double TINY = 1e-290;

  private final TabulatedArm from;
  private final Coordinate to;
  private final double factor;
  private final double shift;
  private final double shiftOfComplement;

  /** {@code shift} from values less the one origin to values less the other. */
  private final double shiftOfOrigins;

  private AffineMap(
      TabulatedArm from, TabulatedArm to, double factor, double shift, double shiftOfComplement) {
    this.from = from;
    this.to = to.coordinate;
    this.factor = factor;
    this.shift = shift;
    this.shiftOfComplement = shiftOfComplement;
    shiftOfOrigins = (from.origin - to.origin) + ((factor - 1) * from.origin + shift);
  }

  /** {@code x + shift}. */
  static AffineMap shift(TabulatedArm from, TabulatedArm to, double shift) {
    return new AffineMap(from, to, 1, shift, -shift);
  }

  /** {@code (1 + excess) x}. */
  static AffineMap stretch(TabulatedArm from, TabulatedArm to, double excess) {
    return new AffineMap(from, to, 1 + excess, 0, -excess);
  }

  /** {@code x / (1 + excess)}. */
  static AffineMap shrink(TabulatedArm from, TabulatedArm to, double excess) {
    double factor = 1 + excess;
    return new AffineMap(from, to, 1 / factor, 0, excess / factor);
  }

  /** Positions in the other arm's coordinate of the images of sixteen points. */
  void positions(Points points, int at, double[] out) {
    for (int i = 0; i < GaussLegendre.ORDER; i++) {
      double value = factor * points.value[at + i] + shiftOfOrigins;
      out[i] =
          switch (to) {
            case LINEAR -> value;
            case LOG -> isUnderflow(points, at + i) ? stretched(points, at + i) : log(value);
            case LOGIT ->
                isUnderflow(points, at + i) || isIdentity()
                    ? stretched(points, at + i)
                    : logit(value, complement(points, at + i, value));
          };
    }
  }

  private boolean isIdentity() {
    return factor == 1 && shift == 0 && from.coordinate == to;
  }

  /** Tiny values, whose logit is their logarithm, of an arm that lives on positive values. */
  private boolean isUnderflow(Points points, int i) {
    return shift == 0
        && from.coordinate != Coordinate.LINEAR
        && factor > 0
        && points.value[i] < TINY;
  }

  private double stretched(Points points, int i) {
    return points.position[i] + Math.log(factor);
  }

  private double complement(Points points, int i, double value) {
    return from.coordinate == Coordinate.LOGIT
        ? factor * points.complement[i] + shiftOfComplement
        : 1 - value;
  }

  /** Position in the one arm's coordinate of the point whose image is 0; NaN when there is none. */
  double positionOfZero() {
    return from.coordinate == Coordinate.LOGIT
        ? logit(-shift / factor, (factor + shift) / factor)
        : position(-shiftOfOrigins / factor);
  }

  /** Position in the one arm's coordinate of the point whose image is 1; NaN when there is none. */
  double positionOfOne() {
    return from.coordinate == Coordinate.LOGIT
        ? logit((1 - shift) / factor, -shiftOfComplement / factor)
        : position((1 - shiftOfOrigins) / factor);
  }

  private double position(double value) {
    return from.coordinate == Coordinate.LOG ? log(value) : value;
  }

  private static double log(double value) {
    return value > 0 ? Math.log(value) : Double.NEGATIVE_INFINITY;
  }

  private static double logit(double value, double complement) {
    if (!(value > 0)) {
      return Double.NEGATIVE_INFINITY;
    }
    return complement > 0 ? Math.log(value / complement) : Double.POSITIVE_INFINITY;
  }
}
