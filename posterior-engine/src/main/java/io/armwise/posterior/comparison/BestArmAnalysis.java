package io.armwise.posterior.comparison;

import io.armwise.posterior.Direction;
import io.armwise.posterior.Posterior;
import java.util.List;

/**
 * Which arm is best and what choosing each would cost: {@code P(arm best)} and {@code E[best -
 * arm]} for independent arms of any families, with the error of the quadrature.
 *
 * <p>Formulas, accuracy and cost are those of {@link BestArmQuadrature}, which computes them and
 * which a caller in a loop uses directly. Both directions obey {@code minimise(x) = maximise(-x)};
 * permuting the arms permutes the results. Immutable.
 */
public final class BestArmAnalysis {
  private final double[] probability;
  private final double[] loss;
  private final double probabilityError;
  private final double lossError;

  private BestArmAnalysis(BestArmQuadrature quadrature) {
    int size = quadrature.size();
    probability = new double[size];
    loss = new double[size];
    for (int k = 0; k < size; k++) {
      probability[k] = quadrature.probabilityToBeBest(k);
      loss[k] = quadrature.expectedLoss(k);
    }
    probabilityError = quadrature.probabilityError();
    lossError = quadrature.lossError();
  }

  /**
   * Compares arms.
   *
   * @param arms 1 to {@link BestArmQuadrature#MAX_ARMS} independent posteriors; a single arm is
   *     best with probability 1 at no loss
   * @param direction which values are better
   * @return the analysis, in the order of the arms
   * @throws IllegalArgumentException if there is no arm or there are more than {@link
   *     BestArmQuadrature#MAX_ARMS}
   */
  public static BestArmAnalysis of(List<? extends Posterior> arms, Direction direction) {
    BestArmQuadrature quadrature = new BestArmQuadrature();
    quadrature.evaluate(arms, direction);
    return new BestArmAnalysis(quadrature);
  }

  /**
   * Number of arms.
   *
   * @return at least 1
   */
  public int size() {
    return probability.length;
  }

  /**
   * Probability that an arm is better than all others.
   *
   * @param arm index in the order the arms were given
   * @return in [0, 1]
   * @throws IndexOutOfBoundsException unless {@code 0 <= arm < size}
   */
  public double probabilityToBeBest(int arm) {
    return probability[arm];
  }

  /**
   * Expected shortfall of an arm against the best one.
   *
   * @param arm index in the order the arms were given
   * @return in the unit of the metric, {@code >= 0}; {@code +Infinity} for every arm when one of
   *     several is a Student t with one degree of freedom or fewer
   * @throws IndexOutOfBoundsException unless {@code 0 <= arm < size}
   */
  public double expectedLoss(int arm) {
    return loss[arm];
  }

  /**
   * All probabilities to be best.
   *
   * @return a new array, shape (arms); sums to 1 within {@code size} times the error
   */
  public double[] probabilitiesToBeBest() {
    return probability.clone();
  }

  /**
   * All expected losses.
   *
   * @return a new array, shape (arms)
   */
  public double[] expectedLosses() {
    return loss.clone();
  }

  /**
   * The arm with the highest probability to be best; of equals the first.
   *
   * @return index in the order the arms were given
   */
  public int mostProbablyBest() {
    int best = 0;
    for (int k = 1; k < probability.length; k++) {
      if (probability[k] > probability[best]) {
        best = k;
      }
    }
    return best;
  }

  /**
   * Estimated bound on the absolute error of each probability.
   *
   * @return {@code >= 0}, normally below 1e-11
   */
  public double probabilityError() {
    return probabilityError;
  }

  /**
   * Estimated bound on the absolute error of each expected loss.
   *
   * @return in the unit of the metric, {@code >= 0}
   */
  public double lossError() {
    return lossError;
  }
}
