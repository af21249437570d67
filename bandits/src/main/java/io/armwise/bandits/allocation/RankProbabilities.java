package io.armwise.bandits.allocation;

import io.armwise.posterior.Direction;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.comparison.BestArmAnalysis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
   * @param best P(arm is best) in arm order, summing to 1 within 10^−6
   * @throws IllegalArgumentException if a value is negative, above 1 or NaN, or the sum is not 1
   */
  public static RankProbabilities ofBest(double... best) {
    Apportionment.requireProbabilities("P(best)", best);
    return new RankProbabilities(best.clone(), new double[0]);
  }

  /**
   * The probabilities of being best and of being second best.
   *
   * @param best P(arm is best) in arm order, at least two arms, summing to 1 within 10^−6
   * @param second P(arm is second best) in the same order, summing to 1 within 10^−6
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

  /**
   * The probabilities of being best, by quadrature over independent posteriors.
   *
   * @param posteriors one per arm, 1 to 1000
   * @param direction which values are better
   * @throws IllegalArgumentException if there is no arm or there are too many
   */
  public static RankProbabilities bestOf(
      List<? extends Posterior> posteriors, Direction direction) {
    return ofBest(BestArmAnalysis.of(posteriors, direction).probabilitiesToBeBest());
  }

  /**
   * The probabilities of being best and second best, by quadrature over independent posteriors.
   *
   * <p>Arm k is second best behind j exactly if it is best without j and not best with it:
   *
   * <pre>{@code P(k second) = Σ_{j≠k} (P(k best without j) − P(k best))}</pre>
   *
   * <p>Cost: one quadrature per arm and one more. Absolute error: that of a quadrature times the
   * number of arms, far below 10^−9 for a hundred arms.
   *
   * @param posteriors one per arm, 2 to 1000
   * @param direction which values are better
   * @throws IllegalArgumentException if there are fewer than two arms or too many
   */
  public static RankProbabilities bestAndSecondOf(
      List<? extends Posterior> posteriors, Direction direction) {
    int arms = posteriors.size();
    if (!(arms >= 2)) {
      throw new IllegalArgumentException("a second best needs two arms, got " + arms);
    }
    double[] best = BestArmAnalysis.of(posteriors, direction).probabilitiesToBeBest();
    double[] second = new double[arms];
    for (int without = 0; without < arms; without++) {
      List<Posterior> others = new ArrayList<>(posteriors);
      others.remove(without);
      double[] bestOfOthers = BestArmAnalysis.of(others, direction).probabilitiesToBeBest();
      for (int arm = 0; arm < arms; arm++) {
        if (arm != without) {
          second[arm] += bestOfOthers[arm < without ? arm : arm - 1] - best[arm];
        }
      }
    }
    // A difference of two quadratures may fall below 0 by their error.
    return of(best, Arrays.stream(second).map(p -> Math.max(p, 0)).toArray());
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
