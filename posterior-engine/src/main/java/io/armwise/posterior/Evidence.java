package io.armwise.posterior;

import java.time.Duration;

/**
 * What has been learned about one arm's metric, as sufficient statistics: an immutable value that
 * merges with the evidence of other hours, partitions or experiments.
 *
 * <p>Laws: {@code merge} is commutative and associative, exactly for integer-valued counts and to
 * rounding otherwise; evidence of nothing is its neutral element; {@code scaled} distributes over
 * {@code merge}; a posterior from merged evidence equals the posterior updated part by part.
 *
 * @param <E> the kind of evidence itself
 */
public sealed interface Evidence<E extends Evidence<E>>
    permits BernoulliEvidence, MomentEvidence, CountEvidence, CovariateEvidence, WeightedEvidence {

  /**
   * How much was observed, in units (trials, observations) or exposure; fractional after weighting.
   *
   * @return {@code >= 0}
   */
  double units();

  /**
   * Evidence of both observations together.
   *
   * @param other evidence of other units
   * @return the union's evidence
   */
  E merge(E other);

  /**
   * Evidence counted with a weight: every unit as that fraction of a unit.
   *
   * @param weight {@code >= 0}, finite; 0 forgets, 1 changes nothing
   * @return the weighted evidence
   * @throws IllegalArgumentException unless {@code weight >= 0} and finite (NaN included)
   */
  E scaled(double weight);

  /**
   * Evidence that has faded for a while: its weight halves with every half-life, {@code
   * 2^(-elapsed/halfLife)}. Fading per time unit {@code 1/2^(1/h)} keeps at most {@code 1/(1 -
   * 2^(-1/h))} units of effective evidence alive. The prior is added at reading time and does not
   * fade.
   *
   * @param elapsed time since the evidence was current, {@code >= 0}
   * @param halfLife time after which it counts half, {@code > 0}
   * @return the faded evidence
   * @throws IllegalArgumentException if {@code elapsed} is negative or {@code halfLife} not
   *     positive
   */
  default E discounted(Duration elapsed, Duration halfLife) {
    if (elapsed.isNegative()) {
      throw new IllegalArgumentException("elapsed must be >= 0, got " + elapsed);
    }
    if (!halfLife.isPositive()) {
      throw new IllegalArgumentException("halfLife must be > 0, got " + halfLife);
    }
    return scaled(Math.exp(-Math.log(2) * (seconds(elapsed) / seconds(halfLife))));
  }

  private static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() * 1e-9;
  }
}
