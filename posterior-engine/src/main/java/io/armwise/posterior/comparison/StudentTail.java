package io.armwise.posterior.comparison;

/**
 * The tail of a standard Student t: how far it must be followed, and what lies beyond in closed
 * form. Beyond the reach the tail is {@code C z^-nu} to a relative error of {@code nu^2/z^2}.
 */
final class StudentTail {
  private static final double FAR = 1e6;
  private static final double FARTHEST = 1e150;

  private StudentTail() {}

  /**
   * Number of scales beyond which the tail needs no nodes: either nothing lies there, or a power
   * law with a mass below 1e-8, so that no two arms meet there.
   */
  static double reach(double nu, double depth) {
    double empty = mostExtreme(nu, depth);
    double power = Math.max(mostExtreme(nu, 18.5), FAR * Math.max(1, nu));
    return Math.min(Math.min(empty, power), FARTHEST);
  }

  /** {@code (1 + z^2/nu)^(-nu/2) = exp(-depth)}. */
  private static double mostExtreme(double nu, double depth) {
    double exponent = 2 * depth / nu;
    return exponent > 1200 ? FARTHEST : Math.sqrt(nu * Math.expm1(exponent));
  }

  /** Mass of Student t arm k beyond a far position: {@code f(z) z / nu}. */
  static double mass(ArmTable arms, int k, double position) {
    double nu = arms.degrees[k];
    double s = arms.second[k];
    double z = Math.abs(position - arms.first[k]) / s;
    double logDensity = arms.peak[k] + Math.log(s) - 0.5 * (nu + 1) * Math.log1p(z / nu * z);
    return Math.exp(logDensity + Math.log(z / nu));
  }
}
