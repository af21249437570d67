package io.armwise.simulations.suite;

/**
 * Count, sum and squared deviations of a measure. Merged in canonical order, so that the last bit
 * does not depend on who computed what.
 *
 * @param count {@code >= 0}
 * @param sum of the values
 * @param scatter sum of squared deviations from the mean, {@code >= 0}
 */
public record Moments(long count, double sum, double scatter) {
  /** Of no values. */
  public static final Moments NONE = new Moments(0, 0, 0);

  /** Mean of the values; 0 of none. */
  public double mean() {
    return count == 0 ? 0 : sum / count;
  }

  /** With one more value. */
  public Moments add(double value) {
    return merge(new Moments(1, value, 0));
  }

  /** Of both sets of values; Chan, Golub and LeVeque (1983), The American Statistician 37:242. */
  public Moments merge(Moments other) {
    if (other.count == 0 || count == 0) {
      return count == 0 ? other : this;
    }
    double delta = other.mean() - mean();
    double weight = (double) count * other.count / (count + other.count);
    return new Moments(
        count + other.count, sum + other.sum, scatter + other.scatter + delta * delta * weight);
  }

  /**
   * Monte Carlo standard error of the mean, {@code s/√n}.
   *
   * @return {@code >= 0}; 0 for fewer than two values
   */
  public double standardError() {
    return count < 2 ? 0 : Math.sqrt(scatter / (count - 1) / count);
  }

  String text() {
    return count + "," + sum + "," + scatter;
  }

  static Moments parse(String[] cells, int from) {
    return new Moments(
        Long.parseLong(cells[from]),
        Double.parseDouble(cells[from + 1]),
        Double.parseDouble(cells[from + 2]));
  }
}
