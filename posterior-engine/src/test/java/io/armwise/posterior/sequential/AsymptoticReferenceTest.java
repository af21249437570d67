package io.armwise.posterior.sequential;

import static io.armwise.posterior.sequential.ReferenceCases.number;
import static io.armwise.posterior.sequential.ReferenceCases.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Asymptotic sequences, mSPRT, anytime t and the sequential sample-ratio test against published and
 * high-precision values; sources and digits stand in the files.
 */
class AsymptoticReferenceTest {
  @Test
  void asymptoticMarginsAgree() {
    List<JsonNode> cases = ReferenceCases.of("asymptotic_cs");
    for (JsonNode c : cases) {
      JsonNode in = c.get("input");
      JsonNode expected = c.get("expected");
      double planned = number(in.get("t_opt"));
      double alpha = number(in.get("alpha"));
      AsymptoticConfidenceSequence exact =
          AsymptoticConfidenceSequence.tightestAt(planned, alpha, Sides.TWO);
      // The approximate tuning is that of the normal mixture.
      double approximate = 1 / NormalMixture.tightestAt(planned, alpha, Sides.TWO).rho();
      switch (c.get("kind").asText()) {
        case "asympcs_rho2" -> {
          near(c, exact.rhoSquared(), number(expected.get("rho2_exact_lambertW")), 1e-12);
          near(c, approximate, number(expected.get("rho2_approx")), 1e-12);
        }
        case "asympcs_margin" -> {
          double n = number(in.get("t"));
          double sd = number(in.get("sd"));
          near(
              c,
              exact.margin(n, sd, alpha),
              number(expected.get("two_sided_margin_rho_exact")),
              1e-12);
          near(
              c,
              new AsymptoticConfidenceSequence(approximate, Sides.TWO).margin(n, sd, alpha),
              number(expected.get("two_sided_margin_rho_approx")),
              1e-12);
          double oneSided = 1 / NormalMixture.tightestAt(planned, alpha, Sides.ONE).rho();
          near(
              c,
              new AsymptoticConfidenceSequence(oneSided, Sides.ONE).margin(n, sd, alpha),
              number(expected.get("one_sided_margin_rho_approx")),
              1e-12);
        }
        default -> throw new AssertionError("no test for " + c);
      }
    }
    assertThat(cases).hasSize(43);
  }

  @Test
  void mixtureSprtAgrees() {
    List<JsonNode> cases = ReferenceCases.of("msprt");
    for (JsonNode c : cases) {
      JsonNode in = c.get("input");
      JsonNode expected = c.get("expected");
      switch (c.get("kind").asText()) {
        case "msprt-normal" -> {
          MixtureSprt test = new MixtureSprt(number(in.get("tau2")));
          double n = number(in.get("n"));
          double variance = number(in.get("V"));
          checkRatio(c, test.logEValue(n, number(in.get("mean_difference")), variance));
          expected
              .get("ci_halfwidth")
              .properties()
              .forEach(
                  e ->
                      near(
                          c,
                          test.margin(n, variance, Double.parseDouble(e.getKey())),
                          number(e.getValue()),
                          1e-12));
        }
        case "msprt-bernoulli" -> {
          double n = number(in.get("n_per_arm"));
          double control = number(in.get("successes_control")) / n;
          double treatment = number(in.get("successes_treatment")) / n;
          double variance = MixtureSprt.pairVarianceOfRates(control, treatment);
          near(c, variance, number(expected.get("V")), 1e-12);
          checkRatio(
              c,
              new MixtureSprt(number(in.get("tau2"))).logEValue(n, treatment - control, variance));
        }
        case "msprt-optimal-tau2" ->
            near(
                c,
                MixtureSprt.fastest(
                        number(in.get("alpha")),
                        number(in.get("sigma")),
                        number(in.get("truncation_M")))
                    .priorVariance(),
                number(expected.get("tau2_unrounded")),
                1e-12);
        default -> throw new AssertionError("no test for " + c);
      }
    }
    assertThat(cases).hasSize(69);
  }

  /** Compared as logarithms: an exponential turns 1e-14 of an exponent of 1000 into 1e-11. */
  private static void checkRatio(JsonNode c, double logRatio) {
    double expected = Math.log(number(c.get("expected").get("lambda_n")));
    if (Double.isInfinite(expected)) {
      // The printed ratio exceeds the largest double.
      assertThat(logRatio).as(c.toString()).isGreaterThan(Math.log(Double.MAX_VALUE));
    } else {
      assertThat(logRatio)
          .as(c.toString())
          .isCloseTo(expected, within(1e-12 * (1 + Math.abs(expected))));
    }
    assertThat(EValues.pValue(logRatio))
        .as(c.toString())
        .isCloseTo(number(c.get("expected").get("p_instant")), within(1e-12));
  }

  @Test
  void anytimeLinearModelsAgree() {
    List<JsonNode> cases = ReferenceCases.of("anytime_valid_t_and_f");
    for (JsonNode c : cases) {
      JsonNode in = c.get("input");
      JsonNode expected = c.get("expected");
      double n = number(in.get("n"));
      switch (c.get("kind").asText()) {
        case "optimal_g" -> {
          int coefficients = in.get("coefficients").asInt();
          double alpha = number(in.get("alpha"));
          AnytimeLinearModel model = AnytimeLinearModel.tightestAt(n, coefficients, alpha);
          near(c, model.priorPrecision(), number(expected.get("g")), 1e-3);
          assertThat(model.radius(n, n - coefficients, alpha))
              .as(c.toString())
              .isCloseTo(number(expected.get("t_radius")), within(1e-6));
        }
        case "t_radius" ->
            near(
                c,
                new AnytimeLinearModel(number(in.get("g")))
                    .radius(n, n - in.get("coefficients").asInt(), number(in.get("alpha"))),
                number(expected.get("t_radius")),
                1e-9);
        case "log_e_value_t" -> {
          double logE =
              new AnytimeLinearModel(number(in.get("g")))
                  .logEValue(n, number(in.get("nu")), number(in.get("t")));
          near(c, logE, number(expected.get("log_e")), 1e-9);
          near(c, EValues.pValue(logE), number(expected.get("p")), 1e-9);
        }
        case "published-readme" -> checkReadme(c, n);
        default -> throw new AssertionError("no test for " + c);
      }
    }
    assertThat(cases).hasSize(120);
  }

  /** Inputs are printed to five digits: 3e-4 on the interval, 2 % on the p-value. */
  private static void checkReadme(JsonNode c, double n) {
    JsonNode in = c.get("input");
    JsonNode expected = c.get("expected");
    double nu = number(in.get("nu"));
    AnytimeLinearModel model = AnytimeLinearModel.tightestAt(n, 8, 0.05);
    double margin = model.radius(n, nu, 0.05) * number(in.get("se"));
    double estimate = number(in.get("estimate"));
    assertThat(estimate - margin)
        .as(c.toString())
        .isCloseTo(number(expected.get("ci").get(0)), within(3e-4));
    assertThat(estimate + margin)
        .as(c.toString())
        .isCloseTo(number(expected.get("ci").get(1)), within(3e-4));
    double p = EValues.pValue(model.logEValue(n, nu, number(in.get("t"))));
    if (expected.get("p").isNull()) {
      // Printed as "< 2e-16".
      assertThat(p).as(c.toString()).isLessThan(2e-16);
    } else {
      near(c, p, number(expected.get("p")), 0.02);
    }
  }

  @Test
  void sampleRatioEvidenceAgrees() {
    List<JsonNode> cases = ReferenceCases.of("ssrm");
    for (JsonNode c : cases) {
      JsonNode in = c.get("input");
      double[] shares = numbers(in.get("null"));
      JsonNode prior = in.get("dirichlet_alpha");
      SequentialSampleRatioTest test =
          prior.isArray()
              ? SequentialSampleRatioTest.withPrior(numbers(prior))
              : SequentialSampleRatioTest.around(
                  shares, Double.parseDouble(prior.asText().replaceAll(".*\\* ", "")));
      for (int k = 0; k < in.get("stream").size(); k++) {
        test = test.observe(numbers(in.get("stream").get(k)), shares);
        String label = c.get("id").asText() + " period " + k;
        JsonNode expected = c.get("expected");
        if (c.get("kind").asText().equals("ssrm-published")) {
          double ratio =
              number(expected.get("log_marginal_M1").get(k))
                  - number(expected.get("log_marginal_M0").get(k));
          assertThat(test.evidence().current()).as(label).isCloseTo(ratio, within(1e-12));
        } else {
          JsonNode at = expected.get(k);
          // The log ratio is a difference of terms of the size of the counts, up to 1e7.
          assertThat(test.evidence().current())
              .as(label)
              .isCloseTo(number(at.get("log_bayes_factor")), within(1e-8));
          assertThat(test.evidence().pValue())
              .as(label)
              .isCloseTo(number(at.get("sequential_p")), within(1e-9));
          assertThat(test.mismatchProbability())
              .as(label)
              .isCloseTo(number(at.get("posterior_prob_mismatch_prior_odds_1")), within(1e-8));
        }
      }
    }
    assertThat(cases).hasSize(7);
  }

  @Test
  void changingSharesOfEqualSizeChangeNothing() {
    double[] shares = {0.2, 0.3, 0.5};
    SequentialSampleRatioTest whole =
        SequentialSampleRatioTest.around(shares, 50).observe(new double[] {70, 80, 150}, shares);
    SequentialSampleRatioTest parts = SequentialSampleRatioTest.around(shares, 50);
    for (double[] part : Arrays.asList(new double[] {30, 50, 60}, new double[] {40, 30, 90})) {
      parts = parts.observe(part, shares);
    }
    assertThat(parts.evidence().current()).isCloseTo(whole.evidence().current(), within(1e-10));
  }

  private static void near(JsonNode c, double actual, double expected, double relative) {
    if (Double.isInfinite(expected)) {
      assertThat(actual).as(c.toString()).isEqualTo(expected);
    } else {
      assertThat(actual)
          .as(c.toString())
          .isCloseTo(expected, within(relative * Math.max(1e-300, Math.abs(expected))));
    }
  }
}
