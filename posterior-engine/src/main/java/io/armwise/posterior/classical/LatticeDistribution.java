package io.armwise.posterior.classical;

import java.util.Arrays;
import java.util.function.LongToDoubleFunction;

/**
 * A unimodal distribution on consecutive integers, built from the ratios of its neighbours.
 *
 * <p>Starting with weight 1 at the mode and multiplying by {@code p(k+1)/p(k)} needs no factorial
 * and loses one rounding per step; the sum of the weights is the normalising constant. Both tails
 * are followed until the weight underflows, which is about 38 standard deviations from the mode, so
 * that cost and memory grow with the standard deviation and not with the support.
 */
final class LatticeDistribution {
  /** Values whose probability is within this factor of each other count as equal, as in R. */
  private static final double TIE = 1 + 1e-7;

  private final long first;
  private final double[] probability;

  private LatticeDistribution(long first, double[] probability) {
    this.first = first;
    this.probability = probability;
  }

  /** The binomial distribution of {@code trials} draws with the given success probability. */
  static LatticeDistribution binomial(long trials, double success) {
    if (success == 0 || success == 1) {
      return new LatticeDistribution(success == 0 ? 0 : trials, new double[] {1});
    }
    double odds = success / (1 - success);
    long mode = Math.min(trials, (long) Math.floor((trials + 1) * success));
    return fromRatios(0, mode, trials, k -> (trials - k) / (k + 1.0) * odds);
  }

  /**
   * The number of successes among {@code draws} draws without replacement from {@code successes}
   * successes and {@code failures} failures.
   */
  static LatticeDistribution hypergeometric(long successes, long failures, long draws) {
    long low = Math.max(0, draws - failures);
    long high = Math.min(draws, successes);
    double total = (double) successes + failures;
    long mode = (long) Math.floor((draws + 1.0) * (successes + 1.0) / (total + 2));
    return fromRatios(
        low,
        Math.min(high, Math.max(low, mode)),
        high,
        k -> (successes - k) / (k + 1.0) * ((draws - k) / (failures - draws + k + 1.0)));
  }

  private static LatticeDistribution fromRatios(
      long low, long mode, long high, LongToDoubleFunction ratio) {
    double[] up = new double[16];
    int upSize = 0;
    double weight = 1;
    for (long k = mode; k < high; k++) {
      weight *= ratio.applyAsDouble(k);
      if (weight == 0) {
        break;
      }
      up = append(up, upSize++, weight);
    }
    double[] down = new double[16];
    int downSize = 0;
    weight = 1;
    for (long k = mode - 1; k >= low; k--) {
      weight /= ratio.applyAsDouble(k);
      if (weight == 0) {
        break;
      }
      down = append(down, downSize++, weight);
    }
    double[] all = new double[downSize + 1 + upSize];
    for (int i = 0; i < downSize; i++) {
      all[downSize - 1 - i] = down[i];
    }
    all[downSize] = 1;
    System.arraycopy(up, 0, all, downSize + 1, upSize);
    double total = sumAscendingThenDescending(all, downSize);
    for (int i = 0; i < all.length; i++) {
      all[i] /= total;
    }
    return new LatticeDistribution(mode - downSize, all);
  }

  private static double[] append(double[] values, int size, double value) {
    double[] room = size < values.length ? values : Arrays.copyOf(values, 2 * size);
    room[size] = value;
    return room;
  }

  /** Adds the small weights of each side first. */
  private static double sumAscendingThenDescending(double[] weights, int peak) {
    double left = 0;
    for (int i = 0; i < peak; i++) {
      left += weights[i];
    }
    double right = 0;
    for (int i = weights.length - 1; i > peak; i--) {
      right += weights[i];
    }
    return left + right + weights[peak];
  }

  /** P(X = k). */
  double probability(long k) {
    long index = k - first;
    return index < 0 || index >= probability.length ? 0 : probability[(int) index];
  }

  /** P(X ≤ k). */
  double lowerTail(long k) {
    double sum = 0;
    for (int i = 0; i < probability.length && first + i <= k; i++) {
      sum += probability[i];
    }
    return Math.min(1, sum);
  }

  /** P(X ≥ k). */
  double upperTail(long k) {
    double sum = 0;
    for (int i = probability.length - 1; i >= 0 && first + i >= k; i--) {
      sum += probability[i];
    }
    return Math.min(1, sum);
  }

  /** The probability of all values that are not more probable than k. */
  double notMoreProbableThan(long k) {
    double limit = probability(k) * TIE;
    double left = 0;
    int i = 0;
    while (i < probability.length && probability[i] <= limit) {
      left += probability[i++];
    }
    double right = 0;
    int j = probability.length - 1;
    while (j > i && probability[j] <= limit) {
      right += probability[j--];
    }
    return Math.min(1, left + right);
  }

  /** The largest k with P(X ≤ k) ≤ tail; one below the support where there is none. */
  long largestWithLowerTailUpTo(double tail) {
    double sum = 0;
    int i = 0;
    while (i < probability.length && sum + probability[i] <= tail) {
      sum += probability[i++];
    }
    return first + i - 1;
  }

  /** The smallest k with P(X ≥ k) ≤ tail; one above the support where there is none. */
  long smallestWithUpperTailUpTo(double tail) {
    double sum = 0;
    int i = probability.length - 1;
    while (i >= 0 && sum + probability[i] <= tail) {
      sum += probability[i--];
    }
    return first + i + 1;
  }
}
