package io.armwise.posterior;

/**
 * What is believed about an arm's mean before its evidence: explicit, recorded, and worth a stated
 * number of units.
 *
 * @param <E> the evidence that updates it
 */
public sealed interface Prior<E extends Evidence<E>>
    permits BetaPrior, GammaPrior, NormalPrior, NormalInverseGammaPrior {

  /**
   * How many units of evidence the prior weighs: with as many observed units, prior and evidence
   * count the same in the posterior mean.
   *
   * @return {@code > 0}, in the evidence's units
   */
  double worth();

  /**
   * The belief after evidence; its own prior for further evidence.
   *
   * @param evidence new evidence, independent of what the prior was built from
   * @return the updated belief
   */
  Prior<E> updated(E evidence);

  /**
   * The distribution of the arm's mean after evidence.
   *
   * @param evidence the arm's evidence
   * @return the posterior of the mean
   */
  Posterior posterior(E evidence);

  /**
   * Logarithm of the probability (density) that the prior gave to this evidence, as the ordered
   * sequence of its units.
   *
   * @param evidence the arm's evidence
   * @return the log marginal likelihood
   */
  double logMarginalLikelihood(E evidence);

  /**
   * Checks whether the evidence contradicts the prior, by the prior predictive probability of
   * evidence no more probable than what was seen: near 0 the prior is wrong. Source: Evans and
   * Moshonov, "Checking for prior-data conflict", Bayesian Analysis 1 (2006), section 3.
   *
   * @param evidence the arm's evidence
   * @return the check; no conflict without evidence
   */
  PriorCheck check(E evidence);

  /**
   * The same belief with a fraction of its worth.
   *
   * @param fraction in (0, 1]
   * @return the discounted prior, with the same expected mean
   * @throws IllegalArgumentException unless {@code 0 < fraction <= 1} (NaN included)
   */
  Prior<E> discounted(double fraction);

  /**
   * The same belief worth at most so many units.
   *
   * @param units largest worth, {@code > 0}
   * @return this prior, or its discount to {@code units}
   * @throws IllegalArgumentException unless {@code units > 0} (NaN included)
   */
  default Prior<E> worthAtMost(double units) {
    if (!(units > 0)) {
      throw new IllegalArgumentException("units must be > 0, got " + units);
    }
    return worth() <= units ? this : discounted(units / worth());
  }
}
