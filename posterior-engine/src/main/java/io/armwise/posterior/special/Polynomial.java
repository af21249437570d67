package io.armwise.posterior.special;

/** Evaluates polynomials given by their coefficients, constant term first. */
final class Polynomial {
  private Polynomial() {}

  /**
   * {@code c[0] + c[1] x + c[2] x^2 + ...} as an even and an odd part, which are independent chains
   * and so take half the time of Horner's rule.
   */
  static double evaluate(double[] c, double x) {
    double square = x * x;
    int last = c.length - 1;
    double first = c[last];
    double second = c[last - 1];
    int i = last - 2;
    for (; i >= 1; i -= 2) {
      first = first * square + c[i];
      second = second * square + c[i - 1];
    }
    if (i == 0) {
      return (first * square + c[0]) + second * x;
    }
    return second + first * x;
  }
}
