package io.armwise.posterior.classical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.GammaPosterior;
import io.armwise.posterior.Interval;
import io.armwise.posterior.MomentEvidence;
import io.armwise.posterior.classical.ReferenceFile.Case;
import io.armwise.posterior.comparison.BestArmAnalysis;
import io.armwise.posterior.special.StandardNormal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against figures that other projects and authors printed (spotify/confidence, Evan Miller,
 * Variance Explained, ExpAn, G*Power); tolerances are those of the single cases.
 */
class PublishedComparisonReferenceTest {
  private static final ReferenceFile FILE = ReferenceFile.read("published/ab_misc_published.json");
  private static final Set<String> COVERED = new HashSet<>();

  /** An index policy; policies are not inference. */
  private static final Set<String> BELONG_TO_POLICIES = Set.of("mab-ucb1");

  @AfterAll
  static void everyCaseOfTheFileIsCovered() {
    assertThat(FILE.size()).isEqualTo(23);
    assertThat(COVERED.size() + BELONG_TO_POLICIES.size()).isEqualTo(23);
  }

  static Stream<Case> twoArms() {
    return FILE.ofKind("beta-two-arm-published");
  }

  /** The published figures are Monte Carlo; the file adds the exact ones. */
  @ParameterizedTest
  @MethodSource("twoArms")
  void twoArmsAgree(Case c) {
    take(c);
    BetaPosterior a = posterior(c.input().path("A"), c.input().path("prior"));
    BetaPosterior b = posterior(c.input().path("B"), c.input().path("prior"));
    BestArmAnalysis analysis = BestArmAnalysis.of(List.of(a, b), Direction.INCREASE);
    JsonNode exact = c.expected().path("exact_by_quadrature");
    assertThat(analysis.probabilityToBeBest(1))
        .isCloseTo(ReferenceFile.number(exact.path("P_B_gt_A")), offset(1e-12));
    assertThat(analysis.expectedLoss(0))
        .isCloseTo(ReferenceFile.number(exact.path("loss_choose_A")), offset(1e-12));
    assertThat(analysis.expectedLoss(1))
        .isCloseTo(ReferenceFile.number(exact.path("loss_choose_B")), offset(1e-12));
    double monteCarlo = c.id().equals("spotify-us-control-test") ? 0.002 : 0.004;
    assertThat(analysis.probabilityToBeBest(1)).isCloseTo(c.number("P_B_gt_A"), offset(monteCarlo));
    if (c.expected().has("loss_choose_A")) {
      assertThat(analysis.expectedLoss(0)).isCloseTo(c.number("loss_choose_A"), offset(5e-4));
      assertThat(analysis.expectedLoss(1)).isCloseTo(c.number("loss_choose_B"), offset(5e-4));
      assertThat(b.mean() - a.mean()).isCloseTo(c.number("difference"), offset(5e-4));
    }
  }

  /**
   * spotify/confidence prints the loss given that the arm is not best; ours is unconditional, so it
   * is divided by the probability of that.
   */
  @Test
  void sixArmsAgree() {
    Case c = take("spotify-joint-6");
    List<BetaPosterior> arms = posteriors(c);
    BestArmAnalysis analysis = BestArmAnalysis.of(arms, Direction.INCREASE);
    double[] best = c.numbers("exact_p_best");
    double[] loss = c.numbers("exact_expected_loss");
    for (int i = 0; i < arms.size(); i++) {
      assertThat(analysis.probabilityToBeBest(i)).isCloseTo(best[i], offset(1e-12));
      assertThat(analysis.expectedLoss(i)).isCloseTo(loss[i], offset(1e-12));
    }
    assertThat(analysis.probabilityToBeBest(2))
        .isCloseTo(c.number("P_us_test2_best"), offset(0.004));
    assertThat(analysis.expectedLoss(2) / (1 - analysis.probabilityToBeBest(2)))
        .isCloseTo(c.number("loss_us_test2"), offset(5e-4));
  }

  @Test
  void credibleIntervalsAgree() {
    Case c = take("spotify-jeffreys-intervals");
    List<BetaPosterior> arms = posteriors(c);
    for (int i = 0; i < arms.size(); i++) {
      Interval interval = arms.get(i).centralInterval(0.95);
      assertThat(interval.lower()).isCloseTo(c.numbers("lower")[i], offset(1e-7));
      assertThat(interval.upper()).isCloseTo(c.numbers("upper")[i], offset(1e-7));
    }
  }

  /**
   * G*Power's totals are exact and in whole units, the formulas are not; the file states 0.5 % for
   * the former.
   */
  @Test
  void sampleSizesAgree() {
    Case mean = take("gpower-0");
    MeanPower means =
        new MeanPower(
            PlannedTest.twoSided(mean.input().path("alpha").asDouble()),
            Math.sqrt(mean.input().path("variance").asDouble()),
            MeanPower.Law.NORMAL);
    totals(means, mean, mean.input().path("mde").asDouble());
    for (String id : List.of("gpower-1", "gpower-4")) {
      Case c = take(id);
      ProportionPower shares =
          new ProportionPower(
              PlannedTest.twoSided(c.input().path("alpha").asDouble()),
              c.input().path("p1").asDouble(),
              ProportionPower.NullVariance.UNPOOLED);
      totals(shares, c, c.input().path("delta").asDouble());
    }
  }

  private static void totals(PowerModel model, Case c, double effect) {
    double total = model.totalUnits(effect, c.input().path("power").asDouble());
    assertThat(total).isCloseTo(c.number("normal_formula_total"), offset(0.0051));
    assertThat(total).isCloseTo(c.number("total_n"), offset(0.005 * c.number("total_n")));
  }

  /**
   * The published allocation gives the control half of the units. That is not the best: the
   * variance of each comparison, {@code 1/control + 1/treatment} per unit, is 3 % above that of the
   * square-root rule.
   */
  @Test
  void squareRootAllocationNeedsFewerUnitsThanThePublishedOne() {
    Case c = take("spotify-alloc-auto-3");
    double[] published = c.numbers("allocation");
    int treatments = c.input().path("arms").asInt() - 1;
    double control = PlannedTest.squareRootControlShare(treatments);
    double ours = 1 / control + treatments / (1 - control);
    double theirs = 1 / published[0] + 1 / published[1];
    assertThat(theirs).isEqualTo(6);
    assertThat(ours).isCloseTo(3 + 2 * Math.sqrt(2), offset(1e-12)).isLessThan(theirs);
  }

  @Test
  void shrunkenMeansAgree() {
    Case c = take("eb-shrinkage");
    double[] prior = ReferenceFile.numbers(c.input().path("prior"));
    double[] expected = c.numbers("mean");
    double[] published = c.numbers("published_3digits");
    for (int i = 0; i < expected.length; i++) {
      double[] counts = ReferenceFile.numbers(c.input().path("cases").get(i));
      double mean =
          new BetaPosterior(prior[0] + counts[0], prior[1] + counts[1] - counts[0]).mean();
      assertThat(mean).isCloseTo(expected[i], offset(5.1e-7));
      assertThat(mean).isCloseTo(published[i], offset(5.1e-4));
    }
  }

  @Test
  void posteriorErrorProbabilityAgrees() {
    Case c = take("aaron-pep");
    BetaPosterior posterior =
        new BetaPosterior(c.input().path("alpha").asDouble(), c.input().path("beta").asDouble());
    double error = posterior.cdf(c.input().path("x").asDouble());
    assertThat(error).isCloseTo(c.number("published"), offset(5e-4));
    assertThat(error).isCloseTo(c.number("recomputed"), offset(1e-12));
  }

  static Stream<Case> rationals() {
    return FILE.ofKind("beta-two-arm-exact-rational");
  }

  @ParameterizedTest
  @MethodSource("rationals")
  void evanMillersClosedFormAgrees(Case c) {
    take(c);
    BetaPosterior a = beta(c.input().path("A"));
    BetaPosterior b = beta(c.input().path("B"));
    BestArmAnalysis analysis = BestArmAnalysis.of(List.of(a, b), Direction.INCREASE);
    assertThat(analysis.probabilityToBeBest(1))
        .isCloseTo(c.number("P_B_gt_A_fraction"), offset(1e-13))
        .isCloseTo(c.number("P_B_gt_A"), offset(1e-13));
    assertThat(analysis.expectedLoss(0)).isCloseTo(c.number("loss_choose_A"), offset(1e-13));
    assertThat(analysis.expectedLoss(1)).isCloseTo(c.number("loss_choose_B"), offset(1e-13));
  }

  static Stream<Case> counts() {
    return FILE.ofKind("gamma-two-arm");
  }

  @ParameterizedTest
  @MethodSource("counts")
  void evanMillersCountFormulaAgrees(Case c) {
    take(c);
    BestArmAnalysis analysis =
        BestArmAnalysis.of(
            List.of(gamma(c.input().path("A")), gamma(c.input().path("B"))), Direction.INCREASE);
    assertThat(analysis.probabilityToBeBest(0)).isCloseTo(c.number("P_A_gt_B"), offset(1e-12));
  }

  /** The published spending function in its own form: {@code 2(1 − Φ(z_{α/2}/√t))}. */
  @Test
  void errorSpendingAgrees() {
    Case c = take("expan-obf-spend");
    double[] times = ReferenceFile.numbers(c.input().path("t"));
    double z = StandardNormal.inverseSurvival(c.input().path("alpha").asDouble() / 2);
    for (int i = 0; i < times.length; i++) {
      assertThat(2 * StandardNormal.survival(z / Math.sqrt(times[i])))
          .isCloseTo(c.numbers("cum_alpha")[i], offset(1e-9));
    }
  }

  /** All four are rejected, so the critical p-value is the whole rate, {@code 4·q/4}. */
  @Test
  void criticalFalseDiscoveryRateAgrees() {
    Case c = take("expan-bh-1");
    double[] p = ReferenceFile.numbers(c.input().path("p"));
    double q = c.input().path("q").asDouble();
    double[] adjusted = PValueAdjustment.BENJAMINI_HOCHBERG.adjust(p);
    long rejected = Arrays.stream(adjusted).filter(a -> a <= q).count();
    assertThat(q * rejected / p.length).isEqualTo(c.number("critical_alpha"));
  }

  /** The difference is the first arm less the second. */
  @Test
  void expanTestAgrees() {
    Case c = take("expan-t");
    JsonNode in = c.input();
    MomentEvidence[] arms = new MomentEvidence[2];
    for (int i = 0; i < 2; i++) {
      arms[i] =
          Samples.moments(
              in.path("n").get(i).asLong(),
              in.path("mean").get(i).asDouble(),
              in.path("variance").get(i).asDouble());
    }
    TestResult result = TTest.pooled(arms[1], arms[0], Alternative.TWO_SIDED, 0.95).orElseThrow();
    assertThat(result.estimate()).isCloseTo(c.number("delta"), offset(1e-12));
    assertThat(result.interval().lower()).isCloseTo(c.numbers("ci95")[0], offset(1e-5));
    assertThat(result.interval().upper()).isCloseTo(c.numbers("ci95")[1], offset(1e-5));
    assertThat(result.pValue()).isCloseTo(c.number("p"), offset(1e-6));
  }

  private static Case take(String id) {
    return take(FILE.withId(id));
  }

  private static Case take(Case c) {
    COVERED.add(c.id());
    return c;
  }

  private static List<BetaPosterior> posteriors(Case c) {
    double prior = c.input().path("prior").get(0).asDouble();
    List<BetaPosterior> arms = new ArrayList<>();
    for (int i = 0; i < c.input().path("trials").size(); i++) {
      double successes = c.input().path("successes").get(i).asDouble();
      double trials = c.input().path("trials").get(i).asDouble();
      arms.add(new BetaPosterior(prior + successes, prior + trials - successes));
    }
    return arms;
  }

  private static BetaPosterior posterior(JsonNode arm, JsonNode prior) {
    double successes = arm.path("successes").asDouble();
    return new BetaPosterior(
        prior.get(0).asDouble() + successes,
        prior.get(1).asDouble() + arm.path("n").asDouble() - successes);
  }

  private static BetaPosterior beta(JsonNode arm) {
    return new BetaPosterior(arm.path("alpha").asDouble(), arm.path("beta").asDouble());
  }

  private static GammaPosterior gamma(JsonNode arm) {
    return new GammaPosterior(arm.path("shape").asDouble(), arm.path("rate").asDouble());
  }
}
