package io.armwise.posterior.sequential;

import java.util.Arrays;

/**
 * Anytime-valid test that two arms share one quantile, for example the median latency.
 *
 * <p>Were the common quantile {@code x}, the numbers of observations up to {@code x} would be
 * binomial in each arm, so the product of the arms' beta-binomial mixtures would be an e-value. The
 * test takes the least such product over {@code x}, hence is valid whatever {@code x} is. Source:
 * Howard and Ramdas (2022), Bernoulli 28:1704, Section 4.
 *
 * @param quantile in (0, 1)
 * @param tightestAtObservations observations per arm at which the test is strongest, {@code > 0}
 * @param tightestAtAlpha error probability for which it is tuned, in (0, 1)
 */
public record QuantileComparison(
    double quantile, double tightestAtObservations, double tightestAtAlpha) {

  /**
   * @throws IllegalArgumentException unless the parameters are in their domain (NaN included)
   */
  public QuantileComparison {
    Arguments.requireInside("quantile", quantile, 0, 1);
    Arguments.requirePositive("tightestAtObservations", tightestAtObservations);
    Arguments.requireAlpha(tightestAtAlpha);
  }

  /**
   * Logarithm of the e-value against "the arms share this quantile". Cost {@code O(n ln n)}.
   *
   * @param first observations of one arm, finite, not empty, in any order
   * @param second observations of the other arm, finite, not empty, in any order
   * @return {@code ln E}; its anytime p-value is {@code min(1, 1/E)}
   * @throws IllegalArgumentException if an arm is empty or an observation is not finite
   */
  public double logEValue(double[] first, double[] second) {
    Sample a = new Sample(first);
    Sample b = new Sample(second);
    // Between data points each factor is constant and at least what it is at a neighbouring point,
    // where more proportions are possible: the least product is at a data point.
    double least = Double.POSITIVE_INFINITY;
    for (double x : a.sorted) {
      least = Math.min(least, a.logEvidenceAt(x) + b.logEvidenceAt(x));
    }
    for (double x : b.sorted) {
      least = Math.min(least, a.logEvidenceAt(x) + b.logEvidenceAt(x));
    }
    return least;
  }

  private final class Sample {
    private final double[] sorted;
    private final double variance;
    private final BetaBinomialMixture mixture;
    private final double weakest;

    Sample(double[] values) {
      if (values.length == 0) {
        throw new IllegalArgumentException("an arm has no observations");
      }
      sorted = values.clone();
      for (double value : sorted) {
        Arguments.requireFinite("observation", value);
      }
      Arrays.sort(sorted);
      variance = quantile * (1 - quantile) * sorted.length;
      mixture =
          BetaBinomialMixture.tightestAt(
              tightestAtObservations * quantile * (1 - quantile),
              tightestAtAlpha,
              quantile,
              1 - quantile,
              Sides.TWO);
      weakest = weakestProportion();
    }

    /** Least evidence that {@code x} is not the quantile, over the proportions it may split off. */
    double logEvidenceAt(double x) {
      double less = countBelow(x, false) / (double) sorted.length;
      double lessOrEqual = countBelow(x, true) / (double) sorted.length;
      return logEvidence(Math.min(Math.max(weakest, less), lessOrEqual));
    }

    private double logEvidence(double proportion) {
      return mixture.logValue((proportion - quantile) * sorted.length, variance);
    }

    /** The proportion with the least evidence; the evidence is convex in it. */
    private double weakestProportion() {
      double low = 0;
      double high = 1;
      while (high - low > 1e-8) {
        double third = (high - low) / 3;
        if (logEvidence(low + third) <= logEvidence(high - third)) {
          high -= third;
        } else {
          low += third;
        }
      }
      return (low + high) / 2;
    }

    private int countBelow(double x, boolean orEqual) {
      int low = 0;
      int high = sorted.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (sorted[middle] < x || (orEqual && sorted[middle] == x)) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }
}
