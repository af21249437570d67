package io.armwise.posterior.sequential;

import io.armwise.posterior.Direction;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which of K arms is best, with one error probability for everything it says, at every look and
 * under every adaptive allocation.
 *
 * <p>"Arm {@code i} is not strictly best" means that some rival is at least as good, so the least
 * pairwise e-value {@code E_i = min over j of E_ij} is valid against it without a correction for
 * the rivals. Only the choice among K claims costs: all claims together hold with probability
 * {@code 1 - alpha} when each is made at {@code K / alpha}, also when all arms are equal.
 *
 * @param comparison how two arms are compared
 * @param direction which way the metric improves
 */
public record BestArmInference(AnytimeComparison comparison, Direction direction) {

  /**
   * Evidence for each arm that it is strictly better than all others. Cost: {@code K (K - 1)}
   * pairwise e-values; {@link #winner} is far cheaper.
   *
   * @param arms at least two, of one family
   * @return {@code ln E_i} against "arm i is not strictly best", not corrected for K claims
   * @throws IllegalArgumentException if there are fewer than two arms or they differ in family
   */
  public double[] logEValues(List<? extends ArmOutcomes> arms) {
    requireRivals(arms);
    double[] result = new double[arms.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = Double.POSITIVE_INFINITY;
      for (int j = 0; j < result.length; j++) {
        if (j != i) {
          result[i] = Math.min(result[i], logEValueBetter(arms.get(i), arms.get(j)));
        }
      }
    }
    return result;
  }

  /**
   * The arm that may be declared strictly best.
   *
   * @param arms at least two, of one family
   * @param alpha probability that any false winner is ever declared, in (0, 1)
   * @return the index of the winner, or empty: we cannot say
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public OptionalInt winner(List<? extends ArmOutcomes> arms, double alpha) {
    requireRivals(arms);
    double perArm = Arguments.requireAlpha(alpha) / arms.size();
    int leader = 0;
    for (int i = 1; i < arms.size(); i++) {
      if (direction.gain(arms.get(i).estimate()) > direction.gain(arms.get(leader).estimate())) {
        leader = i;
      }
    }
    // An arm behind the leader has an e-value of at most 1 against it, so only the leader can win.
    for (int j = 0; j < arms.size(); j++) {
      if (j != leader && !isBetter(arms.get(leader), arms.get(j), perArm)) {
        return OptionalInt.empty();
      }
    }
    return OptionalInt.of(leader);
  }

  /**
   * For each arm an upper bound on what choosing it would lose against the best arm; all bounds
   * hold together, at all times.
   *
   * @param arms at least two, of one family
   * @param alpha probability that any bound ever fails, in (0, 1)
   * @return bounds on {@code max over j of (gain of j - gain of i)}, shape (K), in the unit of the
   *     metric; negative when the arm leads by at least that much
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public double[] lossBounds(List<? extends ArmOutcomes> arms, double alpha) {
    requireRivals(arms);
    double perArm = Arguments.requireAlpha(alpha) / arms.size();
    double[] bounds = new double[arms.size()];
    for (int i = 0; i < bounds.length; i++) {
      double bound = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < bounds.length; j++) {
        if (j != i) {
          bound = Math.max(bound, -leadLowerBound(arms.get(i), arms.get(j), perArm));
        }
      }
      bounds[i] = bound;
    }
    return bounds;
  }

  /**
   * Evidence for each arm that it is better than a control.
   *
   * @param control the control
   * @param arms the others, of the same family
   * @return {@code ln E_i} against "arm i is no better than the control", for {@link EValues}
   * @throws IllegalArgumentException if the arms differ in family
   */
  public double[] logEValuesAgainstControl(ArmOutcomes control, List<? extends ArmOutcomes> arms) {
    return arms.stream().mapToDouble(arm -> logEValueBetter(arm, control)).toArray();
  }

  private double logEValueBetter(ArmOutcomes arm, ArmOutcomes rival) {
    return switch (direction) {
      case INCREASE -> comparison.logEValue(arm, rival);
      case DECREASE -> comparison.logEValue(rival, arm);
    };
  }

  private boolean isBetter(ArmOutcomes arm, ArmOutcomes rival, double alpha) {
    return switch (direction) {
      case INCREASE -> comparison.exceeds(arm, rival, 0, alpha);
      case DECREASE -> comparison.exceeds(rival, arm, 0, alpha);
    };
  }

  private double leadLowerBound(ArmOutcomes arm, ArmOutcomes rival, double alpha) {
    return switch (direction) {
      case INCREASE -> comparison.differenceLowerBound(arm, rival, alpha);
      case DECREASE -> comparison.differenceLowerBound(rival, arm, alpha);
    };
  }

  private static void requireRivals(List<? extends ArmOutcomes> arms) {
    if (arms.size() < 2) {
      throw new IllegalArgumentException("arms must be at least 2, got " + arms.size());
    }
  }
}
