package io.armwise.posterior;

import static io.armwise.posterior.ConjugateReference.assertClose;
import static io.armwise.posterior.ConjugateReference.cases;
import static io.armwise.posterior.ConjugateReference.number;
import static io.armwise.posterior.ConjugateReference.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Priors from history against independent optimisers; source in {@code empirical_bayes.json}. */
class EmpiricalBayesReferenceTest {
  private static final String FILE = "empirical_bayes.json";

  static Stream<JsonNode> rates() {
    return cases(FILE, "beta-binomial-mle").stream();
  }

  @ParameterizedTest
  @MethodSource("rates")
  void fitsRates(JsonNode node) {
    double[] successes = numbers(node.at("/input/successes"));
    double[] trials = numbers(node.at("/input/trials"));
    List<BernoulliEvidence> history = new ArrayList<>();
    for (int i = 0; i < trials.length; i++) {
      history.add(new BernoulliEvidence(trials[i], successes[i]));
    }
    JsonNode expected = node.get("expected");
    double logLikelihood = -number(expected.get("neg_log_lik_excluding_binomials"));
    switch (BetaPriorEstimate.from(history, 1e7)) {
      case PriorFit.Fitted<BetaPrior>(BetaPrior prior, double fitted) -> {
        assertThat(expected.get("degenerate").asBoolean()).isFalse();
        // The reference's own optimiser stops within 1e-4 of the parameters.
        assertClose(expected, "alpha", prior.alpha(), 1e-4);
        assertClose(expected, "beta", prior.beta(), 1e-4);
        assertThat(fitted).isCloseTo(logLikelihood, within(1e-8 * -logLikelihood));
        for (int i = 0; i < trials.length; i++) {
          double mean = prior.posterior(history.get(i)).mean();
          assertThat(mean).isCloseTo(number(expected.get("shrunken_means").get(i)), within(1e-6));
        }
      }
      case PriorFit.Homogeneous<BetaPrior>(BetaPrior prior, double fitted) -> {
        assertThat(expected.get("degenerate").asBoolean()).isTrue();
        assertThat(prior.worth()).isCloseTo(1e7, within(1e-6));
        assertThat(prior.alpha() / prior.worth())
            .isCloseTo(number(expected.get("pooled_rate")), within(1e-6));
        assertThat(fitted).isCloseTo(logLikelihood, within(1e-3));
      }
      case PriorFit.TooFew<BetaPrior> few -> throw new AssertionError(few);
    }
  }

  static Stream<JsonNode> effects() {
    return cases(FILE, "normal-normal").stream();
  }

  @ParameterizedTest
  @MethodSource("effects")
  void fitsEffects(JsonNode node) {
    double[] estimates = numbers(node.at("/input/effects"));
    double[] variances = numbers(node.at("/input/variances"));
    List<Effect> effects = new ArrayList<>();
    for (int i = 0; i < estimates.length; i++) {
      effects.add(new Effect(estimates[i], variances[i]));
    }
    JsonNode expected = node.get("expected");
    EffectDistribution moments = EffectDistribution.byMoments(effects);
    assertClose(expected, "Q", moments.heterogeneity(), 1e-10);
    assertClose(expected, "tau2_DL", moments.variance(), 1e-10);
    assertClose(expected, "mu_DL", moments.mean(), 1e-10);
    assertClose(expected, "se_mu_DL", moments.standardErrorOfMean(), 1e-10);
    for (int i = 0; i < estimates.length; i++) {
      assertThat(moments.shrunken(effects.get(i)))
          .isCloseTo(number(expected.get("shrunken_DL").get(i)), within(1e-8));
    }
    EffectDistribution likelihood = EffectDistribution.byLikelihood(effects);
    assertThat(likelihood.variance()).isCloseTo(number(expected.get("tau2_ML")), within(1e-4));
  }
}
