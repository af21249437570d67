package io.armwise.posterior.classical;

import static io.armwise.posterior.classical.ReferenceFile.relative;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.posterior.Interval;
import io.armwise.posterior.classical.ReferenceFile.Case;
import io.armwise.posterior.classical.SampleRatioMismatch.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against R 4.2.2 ({@code prop.test}, {@code chisq.test}, {@code fisher.test}, {@code binom.test}),
 * 15 digits; the file states relative 1e-9, for Fisher's test 1e-7.
 */
class ProportionReferenceTest {
  private static final ReferenceFile FILE = ReferenceFile.read("classical/proportions_srm.json");
  private static final double TOLERANCE = 1e-9;

  static Stream<Case> twoProportions() {
    return FILE.ofKind("two-proportion");
  }

  @ParameterizedTest
  @MethodSource("twoProportions")
  void testsOfTwoProportionsAgree(Case c) {
    Proportion control = arms(c.input()).get(0);
    Proportion treatment = arms(c.input()).get(1);
    TestResult pooled =
        TwoProportionTest.pooled(control, treatment, Alternative.TWO_SIDED, 0.95).orElseThrow();
    close(pooled.statistic(), c.number("z_pooled"));
    close(pooled.pValue(), c.number("p_pooled_two_sided"));
    TestResult unpooled =
        TwoProportionTest.unpooled(control, treatment, Alternative.TWO_SIDED, 0.95).orElseThrow();
    close(unpooled.statistic(), c.number("z_unpooled"));
    close(unpooled.pValue(), c.number("p_unpooled_two_sided"));
    ChiSquareTest pearson = ChiSquareTest.ofEqualShares(arms(c.input())).orElseThrow();
    close(pearson.statistic(), c.number("chi2"));
    close(pearson.pValue(), c.number("chi2_p"));
    ChiSquareTest yates = ChiSquareTest.withYatesCorrection(control, treatment).orElseThrow();
    // Where the deviation is below ½ the corrected statistic is 0; R leaves a residue of 3.5e-31.
    double yatesStatistic = c.number("chi2_yates");
    close(yates.statistic(), yatesStatistic < 1e-30 ? 0 : yatesStatistic);
    close(yates.pValue(), c.number("chi2_yates_p"));
    double fisher = FisherExactTest.pValue(control, treatment, Alternative.TWO_SIDED);
    double expected = c.number("fisher_p_two_sided");
    assertThat(fisher).isCloseTo(expected, relative(expected, 1e-7));
  }

  @ParameterizedTest
  @MethodSource("twoProportions")
  void intervalsOfTwoProportionsAgree(Case c) {
    Proportion control = arms(c.input()).get(0);
    Proportion treatment = arms(c.input()).get(1);
    close(ProportionDifferenceInterval.WALD, c, "wald_ci95_diff_2_minus_1");
    close(ProportionDifferenceInterval.NEWCOMBE, c, "newcombe_ci95_diff_2_minus_1");
    close(ProportionDifferenceInterval.AGRESTI_CAFFO, c, "agresti_caffo_ci95_diff_2_minus_1");
    close(RiskRatio.katz(control, treatment, 0.95).orElseThrow(), c.numbers("katz_log_rr_ci95"));
    close(ProportionInterval.WILSON, c, "wilson_ci95");
    close(ProportionInterval.CLOPPER_PEARSON, c, "clopper_pearson_ci95");
    close(ProportionInterval.JEFFREYS, c, "jeffreys_ci95");
    assertThat(c.expected().size()).as("figures in the case").isEqualTo(19);
  }

  /** Newcombe (1998), Stat. Med. 17:873, table II, method 10, four printed digits. */
  @Test
  void newcombeIntervalsArePublishedOnes() {
    Interval a =
        ProportionDifferenceInterval.NEWCOMBE.interval(
            new Proportion(48, 80), new Proportion(56, 70), 0.95);
    assertThat(a.lower()).isCloseTo(0.0524, offset(5e-5));
    assertThat(a.upper()).isCloseTo(0.3339, offset(5e-5));
    Interval b =
        ProportionDifferenceInterval.NEWCOMBE.interval(
            new Proportion(3, 10), new Proportion(9, 10), 0.95);
    assertThat(b.lower()).isCloseTo(0.1705, offset(5e-5));
    assertThat(b.upper()).isCloseTo(0.8090, offset(5e-5));
  }

  @Test
  void fourSharesAgree() {
    Case c = FILE.withId("k-proportion-chi2:fleiss-smokers");
    ChiSquareTest test = ChiSquareTest.ofEqualShares(arms(c.input())).orElseThrow();
    close(test.statistic(), c.number("chi2"));
    close(test.pValue(), c.number("p"));
    assertThat(test.degreesOfFreedom()).isEqualTo(3);
  }

  @Test
  void ladyTastingTeaAgrees() {
    Case c = FILE.withId("fisher:tea");
    JsonNode table = c.input().path("table");
    Proportion first = row(table.get(0));
    Proportion second = row(table.get(1));
    close(FisherExactTest.pValue(second, first, Alternative.GREATER), c.number("p_greater"));
    close(FisherExactTest.pValue(second, first, Alternative.TWO_SIDED), c.number("p_two_sided"));
  }

  static Stream<Case> sampleRatios() {
    return FILE.ofKind("srm-chi2");
  }

  @ParameterizedTest
  @MethodSource("sampleRatios")
  void sampleRatioTestsAgree(Case c) {
    List<Long> counts = new ArrayList<>();
    c.input().path("observed").forEach(n -> counts.add(n.asLong()));
    List<Double> shares = new ArrayList<>();
    c.input().path("expected_share").forEach(n -> shares.add(n.asDouble()));
    ChiSquareTest test = SampleRatioMismatch.of(new Period(counts, shares)).orElseThrow();
    close(test.statistic(), c.number("chi2"));
    close(test.pValue(), c.number("p"));
    assertThat(test.degreesOfFreedom()).isEqualTo((long) c.number("df"));
  }

  @Test
  void everyCaseOfTheFileIsCovered() {
    assertThat(FILE.size()).isEqualTo(18);
    assertThat(FILE.kinds())
        .containsExactly("two-proportion", "k-proportion-chi2", "fisher", "srm-chi2");
    assertThat(twoProportions()).hasSize(10);
    assertThat(sampleRatios()).hasSize(6);
  }

  private static List<Proportion> arms(JsonNode input) {
    List<Proportion> arms = new ArrayList<>();
    for (int i = 0; i < input.path("trials").size(); i++) {
      arms.add(
          new Proportion(
              input.path("successes").get(i).asLong(), input.path("trials").get(i).asLong()));
    }
    return arms;
  }

  private static Proportion row(JsonNode row) {
    return new Proportion(row.get(0).asLong(), row.get(0).asLong() + row.get(1).asLong());
  }

  private static void close(ProportionDifferenceInterval method, Case c, String field) {
    List<Proportion> arms = arms(c.input());
    close(method.interval(arms.get(0), arms.get(1), 0.95), c.numbers(field));
  }

  private static void close(ProportionInterval method, Case c, String field) {
    List<Proportion> arms = arms(c.input());
    close(method.interval(arms.get(0), 0.95), c.numbers(field + "_1"));
    close(method.interval(arms.get(1), 0.95), c.numbers(field + "_2"));
  }

  private static void close(Interval actual, double[] expected) {
    close(actual.lower(), expected[0]);
    close(actual.upper(), expected[1]);
  }

  private static void close(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, relative(expected, TOLERANCE));
  }
}
