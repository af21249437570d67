package io.armwise.posterior.comparison;

import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.GammaPosterior;
import io.armwise.posterior.NormalPosterior;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.StudentTPosterior;

/**
 * A fixed order of arms by their parameters. Floating-point products depend on the order of their
 * factors; arms are sorted first so that results do not depend on the order in which they came.
 */
final class ArmOrder {
  /** Ciura's gaps, enough for {@link BestArmQuadrature#MAX_ARMS}. */
  private static final int[] GAPS = {701, 301, 132, 57, 23, 10, 4, 1};

  /** Compares arms by index. */
  interface IndexComparator {
    int compare(int i, int j);
  }

  private ArmOrder() {}

  /** Shell sort of the indices {@code 0 .. size - 1}; allocates nothing. */
  static void sort(int[] order, int size, IndexComparator comparator) {
    for (int k = 0; k < size; k++) {
      order[k] = k;
    }
    for (int gap : GAPS) {
      for (int k = gap; k < size; k++) {
        int index = order[k];
        int hole = k;
        while (hole >= gap && comparator.compare(order[hole - gap], index) > 0) {
          order[hole] = order[hole - gap];
          hole -= gap;
        }
        order[hole] = index;
      }
    }
  }

  /** Sorts Beta arms by their two parameters. */
  static void sort(int[] order, double[] alpha, double[] beta, int size) {
    sort(
        order,
        size,
        (i, j) ->
            alpha[i] != alpha[j]
                ? Double.compare(alpha[i], alpha[j])
                : Double.compare(beta[i], beta[j]));
  }

  /** Order by family and parameters; locations by how good they are, so directions mirror. */
  static int compare(Posterior x, Posterior y, Direction direction) {
    int result = Integer.compare(family(x), family(y));
    for (int i = 0; i < 3 && result == 0; i++) {
      result = Double.compare(parameter(x, i, direction), parameter(y, i, direction));
    }
    return result;
  }

  private static int family(Posterior arm) {
    return switch (arm) {
      case BetaPosterior beta -> 0;
      case GammaPosterior gamma -> 1;
      case NormalPosterior normal -> 2;
      case StudentTPosterior t -> 3;
    };
  }

  private static double parameter(Posterior arm, int index, Direction direction) {
    return switch (arm) {
      case BetaPosterior b -> index == 0 ? b.alpha() : b.beta();
      case GammaPosterior g -> index == 0 ? g.shape() : g.rate();
      case NormalPosterior n -> index == 0 ? direction.gain(n.mean()) : n.standardDeviation();
      case StudentTPosterior t ->
          index == 0 ? direction.gain(t.location()) : index == 1 ? t.scale() : t.degreesOfFreedom();
    };
  }
}
