package io.armwise.simulations.policy;

import io.armwise.posterior.BetaPrior;

/**
 * Thompson sampling of rates that forgets: every decision multiplies all that was known before it
 * by the discount, so that an arm that has got better is found again. One value is drawn from each
 * posterior and the largest wins, for experiments that learn after every decision.
 *
 * <p>Source: Raj and Kalyani (2017), Taming non-stationary bandits, arXiv:1707.09727, algorithm 1.
 *
 * @param discount in (0, 1]; the evidence is worth at most {@code 1/(1 − discount)} decisions
 */
public record DiscountedThompson(double discount) implements Policy {
  /** Guards the discount. */
  public DiscountedThompson {
    if (!(discount > 0 && discount <= 1)) {
      throw new IllegalArgumentException("discount must be in (0, 1], got " + discount);
    }
  }

  @Override
  public double[] divide(Situation situation) {
    BetaPrior prior = PosteriorDraw.prior(situation.definition().metric());
    FadingTally evidence = situation.fading(discount);
    return PosteriorDraw.largest(
        situation,
        (race, place, arm) -> {
          race.setAlpha(place, prior.alpha() + Math.max(0, evidence.successes(arm)));
          race.setBeta(place, prior.beta() + Math.max(0, evidence.failures(arm)));
        });
  }
}
