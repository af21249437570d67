package io.armwise.posterior;

import static io.armwise.posterior.ConjugateReference.assertClose;
import static io.armwise.posterior.ConjugateReference.cases;
import static io.armwise.posterior.ConjugateReference.number;
import static io.armwise.posterior.ConjugateReference.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.posterior.special.GammaFunction;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Conjugate updates and merges against the textbook formulas at 50 digits; the source, licence and
 * tolerance stand in {@code conjugate_updates.json}.
 */
class ConjugateUpdatesReferenceTest {
  private static final String FILE = "conjugate_updates.json";
  private static final double TOLERANCE = 1e-12;

  static Stream<JsonNode> normalInverseGamma() {
    return cases(FILE, "nig").stream();
  }

  @ParameterizedTest
  @MethodSource("normalInverseGamma")
  void updatesNormalInverseGamma(JsonNode node) {
    JsonNode p = node.get("prior");
    NormalInverseGammaPrior prior =
        new NormalInverseGammaPrior(
            number(p.get("mu0")),
            number(p.get("kappa0")),
            number(p.get("alpha0")),
            number(p.get("beta0")));
    MomentEvidence evidence = MomentEvidence.of(numbers(node.get("data")));
    NormalInverseGammaPrior after = prior.updated(evidence);

    JsonNode posterior = node.get("posterior");
    assertClose(posterior, "mu", after.mean(), TOLERANCE);
    assertClose(posterior, "kappa", after.pseudoCount(), TOLERANCE);
    assertClose(posterior, "alpha", after.shape(), TOLERANCE);
    assertClose(posterior, "beta", after.scale(), TOLERANCE);

    JsonNode marginal = node.get("marginal_t_of_mean");
    StudentTPosterior mean = prior.posterior(evidence);
    assertClose(marginal, "df", mean.degreesOfFreedom(), TOLERANCE);
    assertClose(marginal, "location", mean.location(), TOLERANCE);
    assertClose(marginal, "scale", mean.scale(), TOLERANCE);

    StudentTPosterior predictive = after.predictiveMean(1);
    assertClose(node.get("predictive_t"), "scale", predictive.scale(), TOLERANCE);
    if (node.get("E_sigma2").isNull()) {
      assertThat(after.expectedVariance()).isInfinite();
    } else {
      assertClose(node, "E_sigma2", after.expectedVariance(), TOLERANCE);
    }
    assertThat(prior.logMarginalLikelihood(evidence))
        .isCloseTo(
            number(node.get("log_marginal_likelihood")),
            within(TOLERANCE * Math.max(1, Math.abs(number(node.get("log_marginal_likelihood"))))));
  }

  static Stream<JsonNode> merges() {
    return cases(FILE, "chan-merge").stream();
  }

  @ParameterizedTest
  @MethodSource("merges")
  void mergesMomentsOfParts(JsonNode node) {
    MomentEvidence merged =
        ConjugateReference.stream(node.get("parts"))
            .map(part -> MomentEvidence.of(numbers(part)))
            .reduce(MomentEvidence.NONE, MomentEvidence::merge);
    assertMoments(node.get("merged"), merged);
  }

  @ParameterizedTest
  @MethodSource("merges")
  void exactSumsOfPartsGiveTheSameMoments(JsonNode node) {
    ExactSums sums =
        ConjugateReference.stream(node.get("parts"))
            .flatMap(ConjugateReference::stream)
            .map(value -> ExactSums.of(new BigDecimal(Double.parseDouble(value.asText()))))
            .reduce(ExactSums.NONE, ExactSums::merge);
    assertMoments(node.get("merged"), sums.moments());
  }

  private static void assertMoments(JsonNode expected, MomentEvidence merged) {
    assertClose(expected, "n", merged.count(), 0);
    assertClose(expected, "mean", merged.mean(), TOLERANCE);
    assertClose(expected, "m2", merged.sumOfSquaredDeviations(), TOLERANCE);
    assertClose(expected, "variance", merged.sampleVariance(), TOLERANCE);
  }

  static Stream<JsonNode> covariances() {
    return cases(FILE, "covariance").stream();
  }

  @ParameterizedTest
  @MethodSource("covariances")
  void mergesCoMoments(JsonNode node) {
    double[] x = numbers(node.get("x"));
    double[] y = numbers(node.get("y"));
    CovariateEvidence first = CovariateEvidence.NONE;
    CovariateEvidence second = CovariateEvidence.NONE;
    for (int i = 0; i < x.length; i++) {
      if (i % 3 == 0) {
        first = first.add(x[i], y[i]);
      } else {
        second = second.add(x[i], y[i]);
      }
    }
    CovariateEvidence merged = first.merge(second);
    assertClose(node, "mean_x", merged.covariateMean(), TOLERANCE);
    assertClose(node, "mean_y", merged.metricMean(), TOLERANCE);
    assertClose(node, "co_moment", merged.coMoment(), TOLERANCE);
    assertClose(node, "cov", merged.sampleCovariance(), TOLERANCE);
    double correlation =
        merged.coMoment() / Math.sqrt(merged.covariateSquares() * merged.metricSquares());
    assertClose(node, "corr", correlation, TOLERANCE);
  }

  static Stream<JsonNode> rates() {
    return cases(FILE, "beta-binomial").stream();
  }

  @ParameterizedTest
  @MethodSource("rates")
  void updatesRates(JsonNode node) {
    double[] parameters = numbers(node.get("prior"));
    BetaPrior prior = new BetaPrior(parameters[0], parameters[1]);
    double successes = number(node.get("successes"));
    BernoulliEvidence evidence =
        new BernoulliEvidence(successes + number(node.get("failures")), successes);
    BetaPosterior posterior = prior.posterior(evidence);
    double[] expected = numbers(node.get("posterior"));
    assertThat(posterior.alpha()).isEqualTo(expected[0]);
    assertThat(posterior.beta()).isEqualTo(expected[1]);
    assertClose(node, "mean", posterior.mean(), TOLERANCE);
    assertClose(node, "variance", posterior.variance(), TOLERANCE);
    assertClose(node, "log_evidence_sequence", prior.logMarginalLikelihood(evidence), TOLERANCE);
  }

  static Stream<JsonNode> counts() {
    return cases(FILE, "gamma-poisson").stream();
  }

  @ParameterizedTest
  @MethodSource("counts")
  void updatesCounts(JsonNode node) {
    double[] parameters = numbers(node.get("prior_shape_rate"));
    GammaPrior prior = new GammaPrior(parameters[0], parameters[1]);
    CountEvidence evidence =
        new CountEvidence(number(node.get("count")), number(node.get("exposure")));
    GammaPosterior posterior = prior.posterior(evidence);
    double[] expected = numbers(node.get("posterior_shape_rate"));
    assertThat(posterior.shape()).isEqualTo(expected[0]);
    assertThat(posterior.rate()).isEqualTo(expected[1]);
    assertClose(node, "mean", posterior.mean(), TOLERANCE);
    assertClose(node, "variance", posterior.variance(), TOLERANCE);
    double c = evidence.events();
    // Probability of the count itself: the event times' density times e^c/c!.
    double logCount =
        prior.logMarginalLikelihood(evidence)
            + c * Math.log(evidence.exposure())
            - GammaFunction.logGamma(c + 1);
    assertThat(prior.predictive(evidence.exposure()).logProbability((long) c))
        .isCloseTo(logCount, within(1e-12 * Math.max(1, Math.abs(logCount))));
  }

  static Stream<JsonNode> forgetting() {
    return Stream.concat(
        cases(FILE, "discounted-beta").stream(), cases(FILE, "forget-to-prior-beta").stream());
  }

  /** Both ways of writing it: fading the counts and adding the prior, or fading to the prior. */
  @ParameterizedTest
  @MethodSource("forgetting")
  void forgetsTowardsThePrior(JsonNode node) {
    double gamma = number(node.get("gamma"));
    BernoulliEvidence evidence = BernoulliEvidence.NONE;
    int step = 0;
    for (JsonNode reward : node.get("rewards")) {
      evidence = evidence.scaled(gamma).add(reward.asInt() == 1);
      BetaPrior belief = BetaPrior.UNIFORM.updated(evidence);
      double[] expected = numbers(node.get("alpha_beta_after_each").get(step));
      assertThat(belief.alpha()).isCloseTo(expected[0], within(TOLERANCE));
      assertThat(belief.beta()).isCloseTo(expected[1], within(TOLERANCE));
      step++;
    }
  }

  @ParameterizedTest
  @MethodSource("forgetting")
  void halfLifeIsTheSameAsAFactorPerStep(JsonNode node) {
    double gamma = number(node.get("gamma"));
    if (gamma == 1) {
      return;
    }
    Duration halfLife = Duration.ofNanos(Math.round(3.6e12 * -Math.log(2) / Math.log(gamma)));
    BernoulliEvidence evidence = new BernoulliEvidence(100, 30);
    assertThat(evidence.discounted(Duration.ofHours(1), halfLife).trials())
        .isCloseTo(100 * gamma, within(1e-9));
  }
}
