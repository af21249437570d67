package io.armwise.posterior.sequential;

import static io.armwise.posterior.sequential.ReferenceCases.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.posterior.Interval;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Values asserted or produced by the authors' library gostevehoward/confseq, commit 70b1ef30 (MIT).
 * Published values have an absolute tolerance of 1e-5, computed ones 1e-8 relative.
 */
class ConfseqReferenceTest {
  private static final double TUNED_FOR = 0.05;

  @Test
  void boundariesMixturesAndIntervalsAgreeWithTheAuthorsLibrary() {
    Map<String, Integer> seen = new TreeMap<>();
    for (JsonNode c : ReferenceCases.of("confseq_boundaries")) {
      seen.merge(c.get("kind").asText(), 1, Integer::sum);
      check(c);
    }
    assertThat(seen.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(523);
    assertThat(seen).hasSize(18);
  }

  private static void check(JsonNode c) {
    JsonNode in = c.get("input");
    JsonNode expected = c.get("expected");
    if (c.get("kind").asText().equals("bernoulli_confidence_interval")) {
      Interval interval =
          new BernoulliConfidenceSequence(at(in, "t_opt"), TUNED_FOR)
              .interval(at(in, "successes"), at(in, "trials"), at(in, "alpha"));
      near(c, interval.lower(), at(expected, "lower"));
      near(c, interval.upper(), at(expected, "upper"));
    } else {
      near(c, value(c.get("kind").asText(), in), number(expected.elements().next()));
    }
  }

  private static double value(String kind, JsonNode in) {
    return switch (kind) {
      case "normal_mixture_two_sided_best_rho" -> rho(in, Sides.TWO);
      case "normal_mixture_one_sided_best_rho" -> rho(in, Sides.ONE);
      case "normal_mixture_bound_two_sided" -> bound(in, normal(in, Sides.TWO));
      case "normal_mixture_bound_one_sided" -> bound(in, normal(in, Sides.ONE));
      case "normal_log_mixture_two_sided" -> logValue(in, normal(in, Sides.TWO));
      case "normal_log_mixture_one_sided" -> logValue(in, normal(in, Sides.ONE));
      case "gamma_exponential_mixture_bound" -> bound(in, gammaExponential(in));
      case "gamma_exponential_log_mixture" -> logValue(in, gammaExponential(in));
      case "gamma_poisson_mixture_bound" -> bound(in, gammaPoisson(in));
      case "gamma_poisson_log_mixture" -> logValue(in, gammaPoisson(in));
      case "beta_binomial_mixture_bound_two_sided" -> bound(in, betaBinomial(in, Sides.TWO));
      case "beta_binomial_mixture_bound_one_sided" -> bound(in, betaBinomial(in, Sides.ONE));
      case "beta_binomial_log_mixture_two_sided" -> logValue(in, betaBinomial(in, Sides.TWO));
      case "polynomial_stitching_bound" ->
          bound(in, PolynomialStitching.from(at(in, "v_min"), at(in, "c")));
      case "empirical_process_lil_bound" ->
          EmpiricalDistributionBand.from(at(in, "t_min"), at(in, "alpha")).halfHeight(at(in, "t"));
      case "double_stitching_bound" ->
          DoubleStitching.from(at(in, "t_opt")).boundary(at(in, "p"), at(in, "t"), at(in, "alpha"));
      case "quantile_ab_p_value" -> quantilePValue(in);
      default -> throw new AssertionError("no test for " + kind);
    };
  }

  private static double quantilePValue(JsonNode in) {
    double[] first = new double[1000];
    Arrays.setAll(first, i -> i + 1);
    double[] second = Arrays.stream(first).map(x -> x + at(in, "offset")).toArray();
    return Math.exp(
        -new QuantileComparison(at(in, "quantile"), at(in, "t_opt"), at(in, "alpha_opt"))
            .logEValue(first, second));
  }

  private static double rho(JsonNode in, Sides sides) {
    return NormalMixture.tightestAt(at(in, "v_opt"), at(in, "alpha_opt"), sides).rho();
  }

  private static NormalMixture normal(JsonNode in, Sides sides) {
    return NormalMixture.tightestAt(at(in, "v_opt"), TUNED_FOR, sides);
  }

  private static GammaExponentialMixture gammaExponential(JsonNode in) {
    return GammaExponentialMixture.tightestAt(at(in, "v_opt"), TUNED_FOR, at(in, "c"));
  }

  private static GammaPoissonMixture gammaPoisson(JsonNode in) {
    return GammaPoissonMixture.tightestAt(at(in, "v_opt"), TUNED_FOR, at(in, "c"));
  }

  private static BetaBinomialMixture betaBinomial(JsonNode in, Sides sides) {
    return BetaBinomialMixture.tightestAt(
        at(in, "v_opt"), TUNED_FOR, at(in, "g"), at(in, "h"), sides);
  }

  private static double bound(JsonNode in, UniformBoundary boundary) {
    return boundary.boundary(at(in, "v"), at(in, "alpha"));
  }

  private static double logValue(JsonNode in, MixtureMartingale mixture) {
    return mixture.logValue(at(in, "s"), at(in, "v"));
  }

  private static double at(JsonNode in, String name) {
    return number(in.get(name));
  }

  private static void near(JsonNode c, double actual, double expected) {
    double tolerance = c.has("published") ? 1e-5 : 1e-8 * Math.max(1e-12, Math.abs(expected));
    assertThat(actual).as(c.toString()).isCloseTo(expected, within(tolerance));
  }
}
