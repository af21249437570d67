package io.armwise.posterior.classical;

import static io.armwise.posterior.classical.ReferenceFile.relative;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.posterior.Interval;
import io.armwise.posterior.MomentEvidence;
import io.armwise.posterior.classical.ReferenceFile.Case;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against R 4.2.2 ({@code t.test}, {@code binom.test}, {@code lm}), 15 digits; the file states
 * relative 1e-9.
 */
class MeanReferenceTest {
  private static final ReferenceFile FILE = ReferenceFile.read("classical/tests.json");
  private static final double TOLERANCE = 1e-9;

  static Stream<Case> samples() {
    return FILE.ofKind("two-sample-t");
  }

  /** The file's effects are x − y, so y is the control. */
  @ParameterizedTest
  @MethodSource("samples")
  void twoSampleTestsAgree(Case c) {
    MomentEvidence x = Samples.moments(ReferenceFile.numbers(c.input().path("x")));
    MomentEvidence y = Samples.moments(ReferenceFile.numbers(c.input().path("y")));
    boolean equalVariances = c.input().path("var_equal").asBoolean();
    TestResult result = test(y, x, equalVariances, Alternative.TWO_SIDED, 0.95);
    close(result.statistic(), c.number("t"));
    close(result.degreesOfFreedom(), c.number("df"));
    close(result.standardError(), c.number("se"));
    close(result.pValue(), c.number("p_two_sided"));
    close(test(y, x, equalVariances, Alternative.GREATER, 0.95).pValue(), c.number("p_greater"));
    close(test(y, x, equalVariances, Alternative.LESS, 0.95).pValue(), c.number("p_less"));
    close(result.interval(), c.numbers("ci95"));
    close(test(y, x, equalVariances, Alternative.TWO_SIDED, 0.99).interval(), c.numbers("ci99"));
    close(x.mean(), c.number("mean_x"));
    close(y.mean(), c.number("mean_y"));
  }

  private static TestResult test(
      MomentEvidence control,
      MomentEvidence treatment,
      boolean equal,
      Alternative alternative,
      double level) {
    return (equal
            ? TTest.pooled(control, treatment, alternative, level)
            : TTest.welch(control, treatment, alternative, level))
        .orElseThrow();
  }

  static Stream<Case> summaries() {
    return FILE.ofKind("welch-summary");
  }

  @ParameterizedTest
  @MethodSource("summaries")
  void welchTestsOfSummariesAgree(Case c) {
    TestResult result =
        TTest.welch(arm(c.input(), 0), arm(c.input(), 1), Alternative.TWO_SIDED, 0.95)
            .orElseThrow();
    close(result.estimate(), c.number("diff_2_minus_1"));
    close(result.standardError(), c.number("se"));
    close(result.statistic(), c.number("t"));
    close(result.degreesOfFreedom(), c.number("df"));
    close(result.pValue(), c.number("p_two_sided"));
    close(result.interval(), c.numbers("ci95"));
  }

  private static MomentEvidence arm(JsonNode input, int i) {
    double sd = input.path("sd").get(i).asDouble();
    return Samples.moments(
        input.path("n").get(i).asLong(), input.path("mean").get(i).asDouble(), sd * sd);
  }

  static Stream<Case> binomials() {
    return FILE.ofKind("binomial-exact");
  }

  @ParameterizedTest
  @MethodSource("binomials")
  void exactBinomialTestsAgree(Case c) {
    Proportion observed =
        new Proportion(c.input().path("x").asLong(), c.input().path("n").asLong());
    close(
        BinomialTest.pValue(observed, c.input().path("p0").asDouble(), Alternative.TWO_SIDED),
        c.number("p_two_sided"));
    close(ProportionInterval.CLOPPER_PEARSON.interval(observed, 0.95), c.numbers("ci95"));
  }

  @Test
  void leastSquaresAgree() {
    Case c = FILE.withId("ols:mtcars-lm");
    JsonNode input = c.input();
    LeastSquares fit =
        LeastSquares.fit(
                ReferenceFile.numbers(input.path("y")),
                new double[][] {
                  ReferenceFile.numbers(input.path("wt")), ReferenceFile.numbers(input.path("hp"))
                },
                0.95)
            .orElseThrow();
    for (int i = 0; i < 3; i++) {
      TestResult coefficient = fit.coefficients().get(i);
      close(coefficient.estimate(), c.numbers("coef")[i]);
      close(coefficient.standardError(), c.numbers("se")[i]);
      close(coefficient.statistic(), c.numbers("t")[i]);
      close(coefficient.pValue(), c.numbers("p")[i]);
    }
    close(fit.residualStandardDeviation(), c.number("sigma"));
    close(fit.statistic(), c.numbers("F")[0]);
    close(fit.modelDegreesOfFreedom(), c.numbers("F")[1]);
    close(fit.residualDegreesOfFreedom(), c.numbers("F")[2]);
  }

  @Test
  void everyCaseOfTheFileIsCovered() {
    assertThat(FILE.size()).isEqualTo(19);
    assertThat(FILE.kinds())
        .containsExactlyInAnyOrder("two-sample-t", "welch-summary", "binomial-exact", "ols");
    assertThat(samples()).hasSize(11);
    assertThat(summaries()).hasSize(4);
    assertThat(binomials()).hasSize(3);
  }

  private static void close(Interval actual, double[] expected) {
    close(actual.lower(), expected[0]);
    close(actual.upper(), expected[1]);
  }

  private static void close(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, relative(expected, TOLERANCE));
  }
}
