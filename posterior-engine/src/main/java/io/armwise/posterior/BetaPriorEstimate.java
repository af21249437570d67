package io.armwise.posterior;

import io.armwise.posterior.special.GammaFunction;
import java.util.List;

/**
 * Empirical Bayes estimate of a beta prior from the rates of past experiments: the {@code (alpha,
 * beta)} that maximise the beta-binomial likelihood {@code Sum_i ln(B(alpha + s_i, beta + f_i) /
 * B(alpha, beta))}.
 *
 * <p>For a given worth {@code M = alpha + beta} the likelihood is concave in the mean, so the mean
 * is found by bisection; the worth is then the maximum of the profile on a logarithmic scale.
 * Source: Skellam (1948); Griffiths, "Maximum likelihood estimation for the beta-binomial
 * distribution", Biometrics 29 (1973), section 3.
 */
public final class BetaPriorEstimate {
  private static final int NEEDED = 2;
  private static final double SMALLEST_WORTH = 1e-3;
  private static final int MAX_STEPS = 200;

  private final List<BernoulliEvidence> history;

  private BetaPriorEstimate(List<BernoulliEvidence> history) {
    this.history = history;
  }

  /**
   * Estimates the prior.
   *
   * @param history evidence of past arms, one each, independent
   * @param largestWorth cap of {@code alpha + beta}, in trials, {@code > 0.001}: what the prior may
   *     count at most, and the answer where the arms do not differ
   * @return the estimate; homogeneous where it lies at the cap
   * @throws IllegalArgumentException unless {@code largestWorth > 0.001} and finite (NaN included)
   */
  public static PriorFit<BetaPrior> from(List<BernoulliEvidence> history, double largestWorth) {
    if (!(largestWorth > SMALLEST_WORTH && largestWorth < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "largestWorth must be > " + SMALLEST_WORTH + " and finite, got " + largestWorth);
    }
    List<BernoulliEvidence> used = history.stream().filter(e -> e.trials() > 0).toList();
    if (used.size() < NEEDED) {
      return new PriorFit.TooFew<>(used.size(), NEEDED);
    }
    return new BetaPriorEstimate(used).fit(largestWorth);
  }

  private PriorFit<BetaPrior> fit(double largestWorth) {
    BernoulliEvidence pooled =
        history.stream().reduce(BernoulliEvidence.NONE, BernoulliEvidence::merge);
    if (pooled.successes() == 0 || pooled.failures() == 0) {
      // The likelihood has no interior maximum: Jeffreys' half success keeps the rate off the edge.
      double mean = (pooled.successes() + 0.5) / (pooled.trials() + 1);
      BetaPrior prior = BetaPrior.ofMean(mean, largestWorth);
      return new PriorFit.Homogeneous<>(prior, logLikelihood(prior));
    }
    double bestLogWorth =
        BoundedMaximum.of(
            logWorth -> logLikelihood(bestPrior(Math.exp(logWorth))),
            logWorth -> slopeInWorth(bestPrior(Math.exp(logWorth))),
            Math.log(SMALLEST_WORTH),
            Math.log(largestWorth));
    boolean atCap = bestLogWorth == Math.log(largestWorth);
    BetaPrior prior = bestPrior(atCap ? largestWorth : Math.exp(bestLogWorth));
    double logLikelihood = logLikelihood(prior);
    return atCap
        ? new PriorFit.Homogeneous<>(prior, logLikelihood)
        : new PriorFit.Fitted<>(prior, logLikelihood);
  }

  private double logLikelihood(BetaPrior prior) {
    return history.stream().mapToDouble(prior::logMarginalLikelihood).sum();
  }

  /** The best prior of the given worth: the slope in the mean falls from plus to minus infinity. */
  private BetaPrior bestPrior(double worth) {
    double low = 0;
    double high = 1;
    for (int step = 0; step < MAX_STEPS; step++) {
      double mean = 0.5 * (low + high);
      if (mean == low || mean == high) {
        break;
      }
      double slope = 0;
      for (BernoulliEvidence e : history) {
        slope += step(worth * mean, e.successes()) - step(worth * (1 - mean), e.failures());
      }
      if (slope > 0) {
        low = mean;
      } else {
        high = mean;
      }
    }
    return BetaPrior.ofMean(0.5 * (low + high), worth);
  }

  /**
   * Derivative of the log likelihood in the worth at a fixed mean; at the best mean, the profile's.
   */
  private double slopeInWorth(BetaPrior prior) {
    double worth = prior.worth();
    double mean = prior.alpha() / worth;
    double slope = 0;
    for (BernoulliEvidence e : history) {
      slope +=
          mean * step(prior.alpha(), e.successes())
              + (1 - mean) * step(prior.beta(), e.failures())
              - step(worth, e.trials());
    }
    return slope;
  }

  /** {@code digamma(x + d) - digamma(x)}. */
  private static double step(double x, double d) {
    return d == 0 ? 0 : GammaFunction.digamma(x + d) - GammaFunction.digamma(x);
  }
}
