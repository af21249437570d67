package io.armwise.service.calculator;

import io.armwise.posterior.BernoulliEvidence;
import io.armwise.posterior.BetaPrior;
import io.armwise.posterior.CountEvidence;
import io.armwise.posterior.GammaPosterior;
import io.armwise.posterior.GammaPrior;
import io.armwise.posterior.Interval;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.StudentTPosterior;
import io.armwise.posterior.sequential.BernoulliConfidenceSequence;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the input says of one arm: sufficient statistics, or the posterior itself. */
sealed interface ArmData {

  /**
   * The belief about the arm's mean.
   *
   * @param prior that the user chose, null for the default of the kind of data
   * @throws IllegalArgumentException if the numbers leave the range of the posterior's parameters
   */
  Posterior posterior(@Nullable ChosenPrior prior);

  /** Whether {@code --prior} says anything about these data. */
  boolean takesPrior();

  /**
   * The interval that holds at every look, where the data allow one.
   *
   * @param tightestAt trials at which it is tightest
   * @param alpha one minus the level
   */
  default Optional<Interval> anytimeInterval(double tightestAt, double alpha) {
    return Optional.empty();
  }

  /**
   * Successes among trials; the default prior is uniform, Beta(1, 1).
   *
   * @param trials {@code >= 0}, not necessarily whole
   * @param successes in [0, trials]
   */
  record Trials(double trials, double successes) implements ArmData {
    @Override
    public Posterior posterior(@Nullable ChosenPrior prior) {
      BetaPrior beta =
          prior == null ? BetaPrior.UNIFORM : new BetaPrior(prior.first(), prior.second());
      return beta.posterior(new BernoulliEvidence(trials, successes));
    }

    @Override
    public boolean takesPrior() {
      return true;
    }

    /** Only of whole counts: the sequence bets on single outcomes, and weights are none. */
    @Override
    public Optional<Interval> anytimeInterval(double tightestAt, double alpha) {
      return trials == Math.rint(trials) && successes == Math.rint(successes)
          ? Optional.of(
              new BernoulliConfidenceSequence(tightestAt, alpha).interval(successes, trials, alpha))
          : Optional.empty();
    }
  }

  /**
   * Count, mean and standard deviation of a continuous metric. With the reference prior {@code
   * p(mean, sd) = 1/sd} the mean is Student t with {@code count - 1} degrees of freedom, location
   * {@code mean} and scale {@code sd/sqrt(count)}. Source: Gelman et al., Bayesian Data Analysis,
   * 3rd edition (2013), section 3.2.
   *
   * @param count number of values, {@code > 1}
   * @param mean their mean, finite
   * @param standardDeviation with divisor {@code count - 1}, {@code > 0}
   */
  record Moments(double count, double mean, double standardDeviation) implements ArmData {
    @Override
    public Posterior posterior(@Nullable ChosenPrior prior) {
      return new StudentTPosterior(count - 1, mean, standardDeviation / Math.sqrt(count));
    }

    @Override
    public boolean takesPrior() {
      return false;
    }
  }

  /**
   * Events in an exposure. The default is Jeffreys' prior, {@code p(rate) = rate^(-1/2)}, which
   * does not depend on the unit of exposure: Gamma(events + 1/2, exposure).
   *
   * @param events {@code >= 0}
   * @param exposure {@code > 0}
   */
  record Events(double events, double exposure) implements ArmData {
    @Override
    public Posterior posterior(@Nullable ChosenPrior prior) {
      return prior == null
          ? new GammaPosterior(events + 0.5, exposure)
          : new GammaPrior(prior.first(), prior.second())
              .posterior(new CountEvidence(events, exposure));
    }

    @Override
    public boolean takesPrior() {
      return true;
    }
  }

  /**
   * A posterior that was computed elsewhere.
   *
   * @param posterior taken as it is
   */
  record Given(Posterior posterior) implements ArmData {
    @Override
    public Posterior posterior(@Nullable ChosenPrior prior) {
      return posterior;
    }

    @Override
    public boolean takesPrior() {
      return false;
    }
  }
}
