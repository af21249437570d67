package io.armwise.posterior;

import io.armwise.posterior.special.GammaFunction;

/**
 * Gamma prior of a rate of events: as if {@code shape} events had been seen in {@code rate} of
 * exposure.
 *
 * @param shape pseudo-events, in [1e-300, 1e300]
 * @param rate pseudo-exposure, {@code > 0}
 */
public record GammaPrior(double shape, double rate) implements Prior<CountEvidence> {

  /**
   * @throws IllegalArgumentException unless both are positive and finite (NaN included)
   */
  public GammaPrior {
    Arguments.requireShape("shape", shape);
    Arguments.requirePositive("rate", rate);
  }

  @Override
  public double worth() {
    return rate;
  }

  @Override
  public GammaPrior updated(CountEvidence evidence) {
    return new GammaPrior(shape + evidence.events(), rate + evidence.exposure());
  }

  @Override
  public GammaPosterior posterior(CountEvidence evidence) {
    return new GammaPosterior(shape + evidence.events(), rate + evidence.exposure());
  }

  /**
   * {@code ln(Gamma(shape + c)/Gamma(shape)) + shape ln rate - (shape + c) ln(rate + e)}: the
   * density of the event times; the factor {@code e^c/c!} of the count alone is the same for every
   * prior and left out.
   */
  @Override
  public double logMarginalLikelihood(CountEvidence evidence) {
    double c = evidence.events();
    double total = rate + evidence.exposure();
    return GammaFunction.logGamma(shape + c)
        - GammaFunction.logGamma(shape)
        - shape * Math.log1p(evidence.exposure() / rate)
        - c * Math.log(total);
  }

  /**
   * The distribution of the number of events in further exposure.
   *
   * @param exposure in the metric's unit of exposure, {@code > 0}
   * @return the negative binomial distribution
   * @throws IllegalArgumentException unless {@code exposure} is positive and finite (NaN included)
   */
  public NegativeBinomial predictive(double exposure) {
    return new NegativeBinomial(shape, rate, exposure);
  }

  /** Fractional evidence is checked at the nearest whole number of events. */
  @Override
  public PriorCheck check(CountEvidence evidence) {
    if (evidence.exposure() == 0) {
      return PriorCheck.UNCHALLENGED;
    }
    long events = Math.round(evidence.events());
    return new PriorCheck(predictive(evidence.exposure()).probabilityNoMoreLikelyThan(events));
  }

  @Override
  public GammaPrior discounted(double fraction) {
    Arguments.requireFraction(fraction);
    return new GammaPrior(fraction * shape, fraction * rate);
  }

  @Override
  public GammaPrior worthAtMost(double units) {
    return (GammaPrior) Prior.super.worthAtMost(units);
  }
}
