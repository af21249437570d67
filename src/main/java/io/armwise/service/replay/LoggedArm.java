package io.armwise.service.replay;

import io.armwise.posterior.BernoulliEvidence;
import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.BetaPrior;

/**
 * What a log says of an arm.
 *
 * @param key of the arm
 * @param exposures times it was shown
 * @param successes of them with a success, at most {@code exposures}
 */
record LoggedArm(String key, long exposures, long successes) {

  /** The posterior that follows from the counts alone, under the uniform prior. */
  BetaPosterior posterior() {
    return BetaPrior.UNIFORM.posterior(new BernoulliEvidence(exposures, successes));
  }

  /** Successes per exposure; 0 for an arm that was never shown. */
  double rate() {
    return exposures == 0 ? 0 : (double) successes / exposures;
  }
}
