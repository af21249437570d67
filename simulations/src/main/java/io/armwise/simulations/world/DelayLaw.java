package io.armwise.simulations.world;

import io.armwise.posterior.special.StandardNormal;

/** How long after its exposure a unit converts, given that it does. */
public sealed interface DelayLaw {

  /**
   * The probability of converting within so many days.
   *
   * @param days {@code >= 0}
   * @return in [0, 1]
   */
  double within(double days);

  /**
   * Memoryless.
   *
   * @param meanDays {@code > 0}
   */
  record Exponential(double meanDays) implements DelayLaw {
    /** Guards the mean. */
    public Exponential {
      Guard.positive("meanDays", meanDays);
    }

    @Override
    public double within(double days) {
      return -Math.expm1(-days / meanDays);
    }
  }

  /**
   * Mostly soon, sometimes very late.
   *
   * @param medianDays {@code > 0}
   * @param sigma standard deviation of the logarithm, {@code > 0}
   */
  record LogNormalDelay(double medianDays, double sigma) implements DelayLaw {
    /** Guards both. */
    public LogNormalDelay {
      Guard.positive("medianDays", medianDays);
      Guard.positive("sigma", sigma);
    }

    @Override
    public double within(double days) {
      return days > 0 ? StandardNormal.cdf(Math.log(days / medianDays) / sigma) : 0;
    }
  }
}
