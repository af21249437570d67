package io.armwise.bandits.allocation;

import java.util.Arrays;

/**
 * What the posteriors say about the order of the arms: P(arm is best) and, where a policy needs it,
 * P(arm is second best). Immutable.
 */
public final class RankProbabilities {

  private final double[] best;
  private final double[] second;
  private final double[] complement;

  private RankProbabilities(double[] best, double[] second) {
    this.best = best;
    this.second = second;
    this.complement = sumsOfOthers(best);
  }

  /**
   * The probabilities of being best alone.
   *
   * @param best P(arm is best) in arm order, summing to 1 within 10^−9
   * @throws IllegalArgumentException if a value is negative, above 1 or NaN, or the sum is not 1
   */
  public static RankProbabilities ofBest(double... best) {
    Apportionment.requireProbabilities("P(best)", best);
    return new RankProbabilities(best.clone(), new double[0]);
  }

  /**
   * The probabilities of being best and of being second best.
   *
   * @param best P(arm is best) in arm order, at least two arms, summing to 1 within 10^−9
   * @param second P(arm is second best) in the same order, summing to 1 within 10^−9
   * @throws IllegalArgumentException if a value is negative, above 1 or NaN, a sum is not 1 or the
   *     lengths differ
   */
  public static RankProbabilities of(double[] best, double[] second) {
    if (best.length != second.length) {
      throw new IllegalArgumentException(
          "P(best) and P(second) must have one value per arm, got "
              + best.length
              + " and "
              + second.length);
    }
    Apportionment.requireProbabilities("P(best)", best);
    Apportionment.requireProbabilities("P(second)", second);
    return new RankProbabilities(best.clone(), second.clone());
  }

  /** The number of arms. */
  public int arms() {
    return best.length;
  }

  /** P(arm is best), in [0, 1]. */
  public double best(int arm) {
    return best[arm];
  }

  /**
   * P(arm is not best) as the sum of the other arms' probabilities, which keeps all its digits when
   * the arm is almost surely best and {@code 1 − best(arm)} would keep none.
   */
  public double notBest(int arm) {
    return complement[arm];
  }

  /** Whether the probabilities of being second best are known. */
  public boolean knowsSecond() {
    return second.length > 0;
  }

  /**
   * P(arm is second best), in [0, 1].
   *
   * @throws IllegalStateException if it is not known
   */
  public double second(int arm) {
    if (!knowsSecond()) {
      throw new IllegalStateException("P(second) was not given");
    }
    return second[arm];
  }

  /** These probabilities for some of the arms, which must hold all the probability. */
  RankProbabilities restrictedTo(int[] arms) {
    double[] kept = Arrays.stream(arms).mapToDouble(arm -> best[arm]).toArray();
    return knowsSecond() && arms.length > 1
        ? of(kept, Arrays.stream(arms).mapToDouble(arm -> second[arm]).toArray())
        : ofBest(kept);
  }

  /** For each value the sum of the others, by sums from both ends: nothing is subtracted. */
  private static double[] sumsOfOthers(double[] values) {
    double[] others = new double[values.length];
    double before = 0;
    for (int i = 0; i < values.length; i++) {
      others[i] = before;
      before += values[i];
    }
    double after = 0;
    for (int i = values.length - 1; i >= 0; i--) {
      others[i] += after;
      after += values[i];
    }
    return others;
  }
}
