package io.armwise.posterior.sequential;

import io.armwise.posterior.Interval;

/**
 * Test and confidence sequence for the difference of two arms, valid at every look and under every
 * adaptive allocation.
 *
 * <p>Let {@code A_i(m)} be arm {@code i}'s evidence that its mean is above {@code m}, {@code
 * B_j(m)} arm {@code j}'s that its mean is below {@code m} (each a mixture of likelihood ratios
 * over a {@link TiltPrior}). The e-value against "the mean of {@code i} is at most that of {@code
 * j}" is
 *
 * <pre>{@code E = inf over m of A_i(m) B_j(m)}</pre>
 *
 * <p><b>Validity.</b> At the true means, {@code A_i(theta_i) B_j(theta_j)} is a supermartingale
 * from 1: whichever arm the past selects, the next outcome changes one factor, whose conditional
 * mean is at most 1. If {@code theta_i <= theta_j}, then {@code A_i} falling and {@code B_j} rising
 * give {@code E <= A_i(theta_i) B_j(theta_i) <= A_i(theta_i) B_j(theta_j)}. So {@code E} stays
 * below a supermartingale for every null pair, and {@code P(E ever >= 1/alpha) <= alpha} by Ville.
 * Nothing is assumed about the allocation but that it depends on the past and not on the outcome to
 * come.
 *
 * <p><b>Sharpness.</b> Two intervals must both clear each other: with equal arms at the tuned size
 * and alpha = 0.05, that takes a difference of 4.3 standard errors, this e-value 3.0. The infimum
 * is over a convex function and found by a safeguarded Newton iteration; its duality gap is below
 * 1e-12 relative. For {@code theta_i <= a theta_j + b} the same argument holds along the line.
 *
 * <p>One e-value takes about 50 microseconds, {@link #exceeds} far from the threshold 3, an
 * interval end about a millisecond. Arms must belong to one family. Means must not drift: under
 * drift use {@link RandomizedComparison} or {@link PropensityWeightedMean}.
 *
 * @param prior the effects the test bets on, fixed before the data
 */
public record AnytimeComparison(TiltPrior prior) {
  private static final int MOST_NEWTON_STEPS = 200;
  private static final double PRECISION = 1e-12;

  /** Ratios this far below the estimate are reported as 0. */
  private static final double NO_RATIO = 1e-9;

  /**
   * The comparison for binary arms that is tightest at a planned size.
   *
   * @param trialsPerArm planned trials per arm, {@code > 0}
   * @param baselineRate rough guess of the rate, in (0, 1); a guess wrong by a factor of three
   *     costs a few per cent of width
   * @param alpha error probability aimed at, in (0, 1)
   * @return the comparison
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public static AnytimeComparison ofRates(double trialsPerArm, double baselineRate, double alpha) {
    Arguments.requirePositive("trialsPerArm", trialsPerArm);
    Arguments.requireInside("baselineRate", baselineRate, 0, 1);
    return new AnytimeComparison(
        TiltPrior.tightestAt(trialsPerArm * baselineRate * (1 - baselineRate), alpha));
  }

  /**
   * The comparison for counts that is tightest at a planned number of events per arm.
   *
   * @param eventsPerArm planned events per arm, {@code > 0}
   * @param alpha error probability aimed at, in (0, 1)
   * @return the comparison
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public static AnytimeComparison ofCounts(double eventsPerArm, double alpha) {
    return new AnytimeComparison(TiltPrior.tightestAt(eventsPerArm, alpha));
  }

  /**
   * The comparison for continuous arms that is tightest at a planned size.
   *
   * @param observationsPerArm planned observations per arm, {@code > 0}
   * @param alpha error probability aimed at, in (0, 1)
   * @return the comparison
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public static AnytimeComparison ofMeans(double observationsPerArm, double alpha) {
    return new AnytimeComparison(TiltPrior.tightestAt(observationsPerArm, alpha));
  }

  /**
   * Evidence that the first arm's mean is larger.
   *
   * @param first one arm
   * @param second the other arm, of the same family
   * @return {@code ln E} against "first mean <= second mean"
   * @throws IllegalArgumentException if the arms are of different families
   */
  public double logEValue(ArmOutcomes first, ArmOutcomes second) {
    return logEValueBeyond(first, second, 0);
  }

  /**
   * Evidence that the first arm's mean is larger by more than a margin.
   *
   * @param first one arm
   * @param second the other arm, of the same family
   * @param margin in the unit of the means, finite; negative for a test of non-inferiority
   * @return {@code ln E} against "first mean - second mean <= margin"; {@code +Infinity} when no
   *     means of the family satisfy that
   * @throws IllegalArgumentException if the arms are of different families or the margin is not
   *     finite
   */
  public double logEValueBeyond(ArmOutcomes first, ArmOutcomes second, double margin) {
    requireSameFamily(first, second);
    return leastEvidence(first, second, 1, Arguments.requireFinite("margin", margin));
  }

  /**
   * Whether the first arm's mean may be claimed to be larger by more than a margin: the e-value
   * beyond the margin reaches {@code 1 / alpha}. Cheaper than the e-value where it is far from
   * that.
   *
   * @param first one arm
   * @param second the other arm, of the same family
   * @param margin in the unit of the means, finite
   * @param alpha probability that the claim is ever made wrongly, in (0, 1)
   * @return true when the claim may be made
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public boolean exceeds(ArmOutcomes first, ArmOutcomes second, double margin, double alpha) {
    requireSameFamily(first, second);
    Arguments.requireFinite("margin", margin);
    double threshold = -Math.log(Arguments.requireAlpha(alpha));
    return leastEvidence(first, second, 1, margin, threshold) >= threshold;
  }

  /**
   * Lower confidence sequence of the difference of means.
   *
   * @param first one arm
   * @param second the other arm, of the same family
   * @param alpha probability that the bound ever exceeds the true difference, in (0, 1)
   * @return the bound on {@code first mean - second mean}; the least possible difference when the
   *     data exclude nothing
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public double differenceLowerBound(ArmOutcomes first, ArmOutcomes second, double alpha) {
    requireSameFamily(first, second);
    double threshold = -Math.log(Arguments.requireAlpha(alpha));
    double lowest = first.lowestMean() - second.highestMean();
    if (first.exposure() == 0 || second.exposure() == 0) {
      return lowest;
    }
    double estimate = first.estimate() - second.estimate();
    double rejected;
    if (lowest > Double.NEGATIVE_INFINITY) {
      rejected = lowest;
      if (leastEvidence(first, second, 1, lowest) < threshold) {
        return lowest;
      }
    } else {
      rejected =
          estimate
              - Crossing.beyond(
                  distance -> leastEvidence(first, second, 1, estimate - distance) - threshold,
                  startingDistance(first, second));
    }
    // Negative where the margin is not rejected, as at the estimate itself.
    return Crossing.smooth(
        margin -> settled(leastEvidence(first, second, 1, margin) - threshold), estimate, rejected);
  }

  /**
   * Two-sided confidence sequence of the difference of means.
   *
   * @param first one arm
   * @param second the other arm, of the same family
   * @param alpha probability that the sequence ever excludes the true difference, in (0, 1)
   * @return interval for {@code first mean - second mean}
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included)
   */
  public Interval difference(ArmOutcomes first, ArmOutcomes second, double alpha) {
    Arguments.requireAlpha(alpha);
    return new Interval(
        differenceLowerBound(first, second, alpha / 2),
        -differenceLowerBound(second, first, alpha / 2));
  }

  /**
   * Lower confidence sequence of the ratio of means, for binary and count arms.
   *
   * @param first one arm
   * @param second the other arm, of the same family
   * @param alpha probability that the bound ever exceeds the true ratio, in (0, 1)
   * @return the bound on {@code first mean / second mean}, {@code >= 0}
   * @throws IllegalArgumentException unless the arguments are in their domain (NaN included) and
   *     the means are non-negative by nature
   */
  public double ratioLowerBound(ArmOutcomes first, ArmOutcomes second, double alpha) {
    requireSameFamily(first, second);
    double threshold = -Math.log(Arguments.requireAlpha(alpha));
    if (first.lowestMean() < 0) {
      throw new IllegalArgumentException(
          "a ratio needs outcomes that cannot be negative, got " + first);
    }
    if (!(first.estimate() > 0 && second.exposure() > 0)) {
      return 0;
    }
    // As the ratio falls to 0 the null forces the first mean to 0 while events were seen.
    double estimate = second.estimate() > 0 ? first.estimate() / second.estimate() : 1;
    double notRejected = estimate;
    while (leastEvidence(first, second, notRejected, 0) >= threshold) {
      notRejected *= 2;
      if (notRejected == Double.POSITIVE_INFINITY) {
        throw new ArithmeticException("no ratio is compatible with " + first + ", " + second);
      }
    }
    double rejected = notRejected / 2;
    while (leastEvidence(first, second, rejected, 0) < threshold) {
      rejected /= 2;
      if (rejected < NO_RATIO * estimate) {
        // Too few events to exclude any ratio.
        return 0;
      }
    }
    return Crossing.smooth(
        ratio -> settled(leastEvidence(first, second, ratio, 0) - threshold),
        notRejected,
        rejected);
  }

  /**
   * Two-sided confidence sequence of the relative difference {@code first / second - 1}, for binary
   * and count arms.
   *
   * @param first one arm
   * @param second the other arm, of the same family
   * @param alpha probability that the sequence ever excludes the true value, in (0, 1)
   * @return interval within {@code [-1, +Infinity]}
   * @throws IllegalArgumentException as {@link #ratioLowerBound}
   */
  public Interval lift(ArmOutcomes first, ArmOutcomes second, double alpha) {
    Arguments.requireAlpha(alpha);
    double lower = ratioLowerBound(first, second, alpha / 2);
    double inverse = ratioLowerBound(second, first, alpha / 2);
    return new Interval(lower - 1, inverse == 0 ? Double.POSITIVE_INFINITY : 1 / inverse - 1);
  }

  /** {@code inf ln A_first(slope m + shift) + ln B_second(m)} over the means of the family. */
  private double leastEvidence(ArmOutcomes first, ArmOutcomes second, double slope, double shift) {
    return leastEvidence(first, second, slope, shift, Double.NEGATIVE_INFINITY);
  }

  /** The same, or any value on its side of {@code enough} as soon as that side is known. */
  private double leastEvidence(
      ArmOutcomes first, ArmOutcomes second, double slope, double shift, double enough) {
    double low = Math.max(second.lowestMean(), (first.lowestMean() - shift) / slope);
    double high = Math.min(second.highestMean(), (first.highestMean() - shift) / slope);
    if (low > second.highestMean()) {
      return Double.POSITIVE_INFINITY;
    }
    if (high < low) {
      // Every mean of the first arm satisfies the null; the least evidence is at its far end.
      return TiltedEvidence.above(first, first.highestMean(), prior).value()
          + TiltedEvidence.below(second, low, prior).value();
    }
    double n = first.exposure() + second.exposure();
    double pooled =
        n == 0
            ? 0
            : (first.exposure() * (first.estimate() - shift) / slope
                    + second.exposure() * second.estimate())
                / n;
    double start = Math.min(high, Math.max(low, pooled));
    Line line = new Line(first, second, slope, shift);
    double most = line.mostAt(start);
    return most < enough ? most : line.minimum(low, high, start, enough);
  }

  /** Takes evidence within 1e-10 of the threshold for equal: alpha is then off by that factor. */
  private static double settled(double excess) {
    return Math.abs(excess) < 1e-10 ? 0 : excess;
  }

  private static double startingDistance(ArmOutcomes first, ArmOutcomes second) {
    return standardError(first) + standardError(second);
  }

  private static double standardError(ArmOutcomes arm) {
    return switch (arm) {
      case BinaryOutcomes a -> 0.5 / Math.sqrt(a.trials());
      case CountOutcomes a -> Math.sqrt(a.events() + 1) / a.exposure();
      case ContinuousOutcomes a -> a.standardDeviation() / Math.sqrt(a.observations());
    };
  }

  private static void requireSameFamily(ArmOutcomes first, ArmOutcomes second) {
    if (first.getClass() != second.getClass()) {
      throw new IllegalArgumentException(
          "arms must be of one family, got " + first + " and " + second);
    }
  }

  /** The joint evidence along the null's edge {@code m -> (slope m + shift, m)}. */
  private final class Line {
    private final ArmOutcomes first;
    private final ArmOutcomes second;
    private final double slope;
    private final double shift;

    Line(ArmOutcomes first, ArmOutcomes second, double slope, double shift) {
      this.first = first;
      this.second = second;
      this.slope = slope;
      this.shift = shift;
    }

    private double image(double mean) {
      return Math.min(first.highestMean(), Math.max(first.lowestMean(), slope * mean + shift));
    }

    /** A bound of the evidence there, at a small part of its cost. */
    double mostAt(double mean) {
      return TiltedEvidence.mostAbove(first, image(mean)) + TiltedEvidence.mostBelow(second, mean);
    }

    TiltedEvidence at(double mean) {
      TiltedEvidence above = TiltedEvidence.above(first, image(mean), prior);
      TiltedEvidence below = TiltedEvidence.below(second, mean, prior);
      return new TiltedEvidence(
          above.value() + below.value(),
          slope * above.slope() + below.slope(),
          slope * slope * above.curvature() + below.curvature());
    }

    double minimum(double lowest, double highest, double start, double sufficient) {
      double step = Math.max(standardError(first) / slope, standardError(second));
      double mean = start;
      double atStart = at(mean).value();
      if (atStart < sufficient) {
        return atStart;
      }
      double low = lowest > Double.NEGATIVE_INFINITY ? lowest : reach(mean, -step, 1);
      double high = highest < Double.POSITIVE_INFINITY ? highest : reach(mean, step, -1);
      if (Double.isInfinite(low) || Double.isInfinite(high)) {
        // An arm without data: the other arm's evidence vanishes as the mean runs off.
        return Double.NEGATIVE_INFINITY;
      }
      for (int i = 0; i < MOST_NEWTON_STEPS; i++) {
        TiltedEvidence here = at(mean);
        // Convexity bounds what is left to gain by |slope| times the room on that side.
        double room = here.slope() > 0 ? mean - low : high - mean;
        double newtonGain = here.slope() * here.slope() / here.curvature();
        double enough = PRECISION * (1 + Math.abs(here.value()));
        if (here.value() < sufficient
            || here.slope() == 0
            || Math.abs(here.slope()) * room <= enough
            || newtonGain <= enough * 1e-3) {
          return here.value();
        }
        double least = here.value() - Math.abs(here.slope()) * room;
        if (sufficient > Double.NEGATIVE_INFINITY && least >= sufficient) {
          return least;
        }
        if (here.slope() > 0) {
          high = mean;
        } else {
          low = mean;
        }
        double next = mean - here.slope() / here.curvature();
        // Where one arm's evidence fades exponentially Newton creeps, so every third step halves.
        if (i % 3 == 2 || !(next > low && next < high)) {
          next = low + (high - low) / 2;
        }
        if (!(next > low && next < high)) {
          // No double is left in between: the tangent bounds the minimum from below.
          return here.value() - Math.abs(here.slope()) * room;
        }
        mean = next;
      }
      throw new ArithmeticException("no minimum found for " + first + ", " + second);
    }

    /** Walks from {@code mean} in growing steps while the slope has the given sign. */
    private double reach(double mean, double step, int sign) {
      double there = mean;
      double stride = step;
      while (!Double.isInfinite(there) && at(there).slope() * sign > 0) {
        there += stride;
        stride *= 4;
      }
      return there;
    }
  }
}
