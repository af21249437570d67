package io.armwise.bandits.inference;

import io.armwise.bandits.experiment.Metric;
import io.armwise.posterior.BernoulliEvidence;
import io.armwise.posterior.BetaPrior;
import io.armwise.posterior.CountEvidence;
import io.armwise.posterior.ExactSums;
import io.armwise.posterior.GammaPrior;
import io.armwise.posterior.NormalInverseGammaPrior;
import io.armwise.posterior.NormalPrior;
import io.armwise.posterior.Posterior;

/** The posterior of an arm's mean, from the metric's prior and the arm's evidence. */
public final class ArmPosterior {
  private ArmPosterior() {}

  /**
   * The posterior.
   *
   * <p>Binary: {@code Beta(α + s, β + n − s)}. Count: {@code Gamma(shape + Σy, rate + n)}, one unit
   * being one unit of exposure. Continuous: the marginal Student t of a Normal-inverse-gamma.
   *
   * @throws IllegalArgumentException if the evidence cannot come from the metric's kind, such as
   *     more successes than units
   */
  public static Posterior of(Metric metric, ExactSums evidence) {
    double units = evidence.count();
    return switch (metric.prior()) {
      case BetaPrior prior ->
          prior.posterior(new BernoulliEvidence(units, evidence.sum().doubleValue()));
      case GammaPrior prior ->
          prior.posterior(new CountEvidence(evidence.sum().doubleValue(), units));
      case NormalInverseGammaPrior prior -> prior.posterior(evidence.moments());
      case NormalPrior prior ->
          throw new IllegalArgumentException(
              "metric '" + metric.key() + "' has a prior with known variance: " + prior);
    };
  }
}
