package io.armwise.posterior;

import static io.armwise.posterior.ConjugateReference.assertClose;
import static io.armwise.posterior.ConjugateReference.cases;
import static io.armwise.posterior.ConjugateReference.number;
import static io.armwise.posterior.ConjugateReference.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Moments of data sets made to break sums of squares, against certified values: NIST Statistical
 * Reference Datasets, public domain; see the heads of {@code nist_univariate.json} and {@code
 * nist_anova.json}.
 */
class NistReferenceTest {

  static Stream<JsonNode> univariate() {
    return cases("nist_univariate.json", "nist-univariate").stream();
  }

  /** Relative error of the standard deviation that doubles of the data's size allow. */
  private static double tolerance(JsonNode node) {
    return switch (node.get("id").asText()) {
      case "nist-NumAcc3" -> 1e-9;
      case "nist-NumAcc4" -> 1e-8;
      default -> 1e-12;
    };
  }

  @ParameterizedTest
  @MethodSource("univariate")
  void addingValuesKeepsCertifiedMoments(JsonNode node) {
    assertMoments(node, MomentEvidence.of(numbers(node.get("data"))), tolerance(node));
  }

  /**
   * Every part's mean is rounded to a double, so a distance between two means may be off by one
   * unit in the last place of the mean at either end: that, in standard deviations, is what merging
   * may lose beyond adding.
   */
  private static double mergeTolerance(JsonNode node) {
    double ulp = Math.ulp(number(node.get("certified_mean")));
    return Math.max(tolerance(node), 2 * ulp / number(node.get("certified_sd_n_minus_1")));
  }

  @ParameterizedTest
  @MethodSource("univariate")
  void mergingAnySplitKeepsCertifiedMoments(JsonNode node) {
    double[] data = numbers(node.get("data"));
    for (int parts : new int[] {2, 7, 31}) {
      MomentEvidence merged = MomentEvidence.NONE;
      for (int part = parts - 1; part >= 0; part--) {
        MomentEvidence evidence = MomentEvidence.NONE;
        for (int i = part; i < data.length; i += parts) {
          evidence = evidence.add(data[i]);
        }
        merged = merged.merge(evidence);
      }
      assertMoments(node, merged, mergeTolerance(node));
    }
  }

  /**
   * The printed decimals, not their doubles: exact sums lose nothing, so neither do the moments.
   */
  @ParameterizedTest
  @MethodSource("univariate")
  void exactSumsReachTheCertifiedDigits(JsonNode node) {
    ExactSums sums =
        ConjugateReference.stream(node.get("data"))
            .map(value -> ExactSums.of(new BigDecimal(value.asText())))
            .reduce(ExactSums.NONE, ExactSums::merge);
    assertMoments(node, sums.moments(), 3e-15);
  }

  private static void assertMoments(JsonNode node, MomentEvidence evidence, double tolerance) {
    assertThat(evidence.count()).isEqualTo(number(node.get("n")));
    assertClose(node, "certified_mean", evidence.mean(), 1e-13);
    assertClose(node, "certified_sd_n_minus_1", Math.sqrt(evidence.sampleVariance()), tolerance);
  }

  static Stream<JsonNode> anova() {
    return cases("nist_anova.json", "nist-anova").stream();
  }

  @ParameterizedTest
  @MethodSource("anova")
  void exactSumsReachTheCertifiedAnalysisOfVariance(JsonNode node) {
    ExactSums all = ExactSums.NONE;
    double within = 0;
    for (JsonNode group : node.get("groups")) {
      ExactSums sums = ExactSums.NONE;
      for (JsonNode value : group) {
        sums = sums.merge(ExactSums.of(new BigDecimal(value.asText())));
      }
      within += sums.moments().sumOfSquaredDeviations();
      all = all.merge(sums);
    }
    double between = all.moments().sumOfSquaredDeviations() - within;
    assertClose(node, "ss_within", within, 1e-14);
    assertClose(node, "ss_between", between, 1e-14);
    double f = between / number(node.get("df_between")) / (within / number(node.get("df_within")));
    assertClose(node, "F", f, 1e-13);
  }

  /** With 6 or 12 constant leading digits doubles themselves have lost the rest. */
  @ParameterizedTest
  @MethodSource("anova")
  void mergedMomentsReachWhatDoublesAllow(JsonNode node) {
    MomentEvidence all = MomentEvidence.NONE;
    double within = 0;
    for (JsonNode group : node.get("groups")) {
      MomentEvidence evidence = MomentEvidence.of(numbers(group));
      within += evidence.sumOfSquaredDeviations();
      all = all.merge(evidence);
    }
    double tolerance =
        switch (node.get("id").asText()) {
          case "nist-anova-SmLs01" -> 1e-12;
          case "nist-anova-SmLs04" -> 1e-7;
          default -> 1e-1;
        };
    double between = all.sumOfSquaredDeviations() - within;
    assertThat(within).isCloseTo(number(node.get("ss_within")), within(tolerance * within));
    assertThat(between).isCloseTo(number(node.get("ss_between")), within(tolerance * between));
  }
}
