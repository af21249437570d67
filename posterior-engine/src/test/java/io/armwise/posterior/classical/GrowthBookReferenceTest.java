package io.armwise.posterior.classical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.Interval;
import io.armwise.posterior.MomentEvidence;
import io.armwise.posterior.classical.ReferenceFile.Case;
import io.armwise.posterior.comparison.BestArmAnalysis;
import io.armwise.posterior.sequential.NormalMixture;
import io.armwise.posterior.sequential.Sides;
import io.armwise.posterior.special.GammaFunction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against the published expectations of GrowthBook's statistics engine (commit 8f1db4456, MIT); the
 * file states half a unit of the last printed digit.
 */
class GrowthBookReferenceTest {
  private static final ReferenceFile FILE = ReferenceFile.read("published/growthbook_gbstats.json");
  private static final Set<String> COVERED = new HashSet<>();

  /** Floors of allocation weights are policies, not inference. */
  private static final Set<String> BELONG_TO_ALLOCATION =
      Set.of("gb-floor-0.1", "gb-floor-too-big");

  @AfterAll
  static void everyCaseOfTheFileIsCovered() {
    assertThat(FILE.size()).isEqualTo(28);
    assertThat(COVERED.size() + BELONG_TO_ALLOCATION.size()).isEqualTo(28);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gb-bayes-mean-flat", "gb-bayes-mean-informative", "gb-bayes-count"})
  void posteriorsOfRelativeEffectsAgree(String id) {
    Case c = take(id);
    TestResult lift = relative(moments(c, "a"), moments(c, "b"));
    NormalEffect effect = new NormalEffect(lift.estimate(), lift.standardError());
    JsonNode prior = c.input().path("prior");
    if (prior.isObject()) {
      effect = effect.withPrior(prior.path("mean").asDouble(), prior.path("variance").asDouble());
    }
    near(effect.mean(), c, "expected");
    near(effect.probabilityAbove(0), c, "chance_to_win");
    near(effect.expectedLossOfTreatment(), c, "risk_choose_treatment");
    if (c.expected().has("ci")) {
      near(effect.expectedLossOfControl(), c, "risk_choose_control");
      near(effect.standardDeviation(), c, "stddev");
      near(normal(effect), c.expected().path("ci"));
    } else {
      near(moments(c, "a").mean(), c, "mean_a");
      near(moments(c, "b").mean(), c, "mean_b");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gb-bayes-quantile-abs-improper",
        "gb-bayes-quantile-abs-flat1e6",
        "gb-bayes-quantile-abs-informative1"
      })
  void posteriorsOfQuantileEffectsAgree(String id) {
    Case c = take(id);
    ArmEstimate control = quantile(c.input().path("control"));
    ArmEstimate treatment = quantile(c.input().path("treatment"));
    TestResult difference =
        Comparison.difference(control, treatment, Alternative.TWO_SIDED, 0.95).orElseThrow();
    NormalEffect effect = new NormalEffect(difference.estimate(), difference.standardError());
    String prior = c.input().path("prior").asText();
    if (!prior.equals("flat")) {
      // The prior is on the relative effect; the control's quantile turns it into the metric's
      // unit.
      double relativeVariance = prior.startsWith("N(0,1e6)") ? 1e6 : 1;
      effect = effect.withPrior(0, relativeVariance * control.value() * control.value());
    }
    assertThat(effect.mean()).isCloseTo(c.number("expected"), offset(1e-12));
    Interval interval = normal(effect);
    assertThat(interval.lower()).isCloseTo(c.numbers("ci")[0], offset(1e-12));
    assertThat(interval.upper()).isCloseTo(c.numbers("ci")[1], offset(1e-12));
  }

  /** GrowthBook takes (n−1)/n of the variance that the interval implies. */
  private static ArmEstimate quantile(JsonNode arm) {
    ArmEstimate estimate =
        QuantileMetric.fromInterval(
            arm.path("quantile").asDouble(),
            new Interval(arm.path("lower").asDouble(), arm.path("upper").asDouble()),
            0.95);
    double n = arm.path("n").asDouble();
    return new ArmEstimate(
        estimate.value(),
        estimate.standardError() * Math.sqrt((n - 1) / n),
        estimate.degreesOfFreedom());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gb-risk-extreme-pos", "gb-risk-extreme-neg"})
  void risksOfNearlyCertainEffectsAgree(String id) {
    Case c = take(id);
    NormalEffect effect =
        new NormalEffect(c.input().path("mu").asDouble(), c.input().path("sigma").asDouble());
    assertThat(effect.expectedLossOfControl())
        .isCloseTo(c.number("risk_choose_control"), offset(1e-15));
    assertThat(effect.expectedLossOfTreatment())
        .isCloseTo(c.number("risk_choose_treatment"), offset(1e-15));
  }

  @Test
  void ratioMetricsAgree() {
    Case c = take("gb-freq-ratio");
    ArmEstimate control = RatioMetric.estimate(ratio(c.input().path("a"))).orElseThrow();
    ArmEstimate treatment = RatioMetric.estimate(ratio(c.input().path("b"))).orElseThrow();
    near(growthBookLift(control, treatment).estimate(), c, "expected");
    near(growthBookLift(control, treatment).pValue(), c, "p_value");
  }

  @Test
  void meansAgree() {
    Case relative = take("gb-freq-count");
    TestResult lift = growthBookLift(mean(relative, "a"), mean(relative, "b"));
    near(lift.estimate(), relative, "expected");
    near(lift.pValue(), relative, "p_value");
    Case absolute = take("gb-welch-absolute");
    TestResult welch =
        TTest.welch(moments(absolute, "a"), moments(absolute, "b"), Alternative.TWO_SIDED, 0.95)
            .orElseThrow();
    near(welch.estimate(), absolute, "expected");
    near(welch.interval(), absolute.expected().path("ci"));
    near(welch.standardError(), absolute, "se");
    near(welch.pValue(), absolute, "p_value");
  }

  @Test
  void relativeEffectsOfSharesAgree() {
    Case c = take("gb-welch-prop-relative");
    TestResult lift = growthBookLift(share(c, "a"), share(c, "b"));
    near(lift.estimate(), c, "expected");
    near(lift.standardError(), c, "se");
    near(lift.interval(), c.expected().path("ci"));
    near(lift.pValue(), c, "p_value");
  }

  @Test
  void oneSidedTestsAgree() {
    Case c = take("gb-onesided-greater-absolute");
    TestResult greater =
        TTest.welch(moments(c, "a"), moments(c, "b"), Alternative.GREATER, 0.95).orElseThrow();
    TestResult less =
        TTest.welch(moments(c, "a"), moments(c, "b"), Alternative.LESS, 0.95).orElseThrow();
    precise(greater.estimate(), c, "expected");
    precise(greater.standardError(), c, "se");
    precise(greater.interval().lower(), c, "lower_bound");
    precise(greater.pValue(), c, "p_value_greater");
    precise(less.pValue(), c, "p_value_less");
    precise(less.interval().upper(), c, "upper_bound_less_test");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gb-seq-mean-1000", "gb-seq-prop-5000"})
  void sequentialIntervalsOfRelativeEffectsAgree(String id) {
    Case c = take(id);
    boolean means = c.input().path("a").has("sum");
    ArmEstimate control = means ? mean(c, "a") : share(c, "a");
    ArmEstimate treatment = means ? mean(c, "b") : share(c, "b");
    TestResult lift = growthBookLift(control, treatment);
    double half = lift.standardError() * sequentialQuantile(c, 0.05);
    near(lift.estimate(), c, "expected");
    near(lift.standardError(), c, "se");
    near(new Interval(lift.estimate() - half, lift.estimate() + half), c.expected().path("ci"));
    double pValue = sequentialPValue(c, Math.abs(lift.statistic()));
    assertThat(pValue).isCloseTo(c.number("p_value"), offset(5e-6));
  }

  /**
   * GrowthBook's one-sided boundary is the closed-form upper bound {@code √(2(v+1)/v · ln(1 +
   * √(v+1) / 2α))} of the half-normal mixture's (Waudby-Smith et al., arXiv:2103.06476, proposition
   * B.2), so the exact mixture must lie inside it, by 1 % here.
   */
  @Test
  void oneSidedSequentialBoundsAgree() {
    Case c = take("gb-seq-1s-greater-abs");
    TestResult welch =
        TTest.welch(moments(c, "a"), moments(c, "b"), Alternative.TWO_SIDED, 0.95).orElseThrow();
    double time = sequentialTime(units(c), c.input().path("tuning_N").asDouble(), 0.1);
    double half = welch.standardError() * closedFormQuantile(time, 0.05);
    assertThat(welch.estimate() - half).isCloseTo(c.number("lower_bound"), offset(1e-12));
    assertThat(welch.estimate() + half).isCloseTo(c.number("upper_bound_less_test"), offset(1e-12));
    double low = 0;
    double high = 0.5;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (closedFormQuantile(time, middle) > welch.statistic()) {
        low = middle;
      } else {
        high = middle;
      }
    }
    // The published level is a point of a bisection of [1e-5, 0.4999] that stops after 12 halvings:
    // (p − 1e-5)/(0.4999 − 1e-5) = 3795/4096. It is no better than one such step, 1.2e-4.
    double step = (0.4999 - 1e-5) / 4096;
    double steps = (c.number("p_value_greater") - 1e-5) / step;
    assertThat(steps).isCloseTo(3795, offset(1e-9));
    assertThat(high).isCloseTo(c.number("p_value_greater"), offset(step));
    double exact = new NormalMixture(1, Sides.ONE).boundary(time, 0.05) / Math.sqrt(time);
    assertThat(exact)
        .isBetween(0.99 * closedFormQuantile(time, 0.05), closedFormQuantile(time, 0.05));
  }

  private static double closedFormQuantile(double time, double alpha) {
    return Math.sqrt(2 * (time + 1) / time * Math.log1p(Math.sqrt(time + 1) / (2 * alpha)));
  }

  /** Half-width over standard error of the normal-mixture sequence tuned at {@code tuning_N}. */
  private static double sequentialQuantile(Case c, double alpha) {
    return sequentialQuantile(units(c), c.input().path("tuning_N").asDouble(), alpha);
  }

  private static double sequentialQuantile(double n, double tuning, double alpha) {
    double time = sequentialTime(n, tuning, 0.05);
    return new NormalMixture(1, Sides.TWO).boundary(time, alpha) / Math.sqrt(time);
  }

  /** n ρ², with GrowthBook's ρ² = (−2 ln α + ln(1 − 2 ln α))/N. */
  private static double sequentialTime(double n, double tuning, double alpha) {
    double l = -2 * Math.log(alpha);
    return n * (l + Math.log1p(l)) / tuning;
  }

  private static double units(Case c) {
    return c.input().path("a").path("n").asDouble() + c.input().path("b").path("n").asDouble();
  }

  /** The level at which the sequence would just exclude zero, at most 1. */
  private static double sequentialPValue(Case c, double statistic) {
    double low = 0;
    double high = Math.nextDown(1.0);
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (sequentialQuantile(c, middle) > statistic) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /**
   * The covariance of the adjusted effect with the control's unadjusted mean is part of the error.
   */
  @Test
  void varianceReductionOfSharesAgrees() {
    Case c = take("gb-cuped-proportion");
    CoMoments control = binary(c.input().path("control"));
    CoMoments treatment = binary(c.input().path("treatment"));
    TestResult effect =
        // GrowthBook pools all units for its coefficient, arms ignored.
        Cuped.fit(List.of(control.merge(treatment)))
            .orElseThrow()
            .relativeEffect(control, treatment, Alternative.TWO_SIDED, 0.95)
            .orElseThrow();
    // Binary moments carry n in place of n − 1 there, 3e-4 of the variance: 1e-6 of the estimate.
    assertThat(effect.estimate()).isCloseTo(c.number("expected"), offset(1e-6));
    assertThat(effect.pValue()).isCloseTo(c.number("p_value"), offset(2e-9));
  }

  private static CoMoments binary(JsonNode arm) {
    double y = arm.path("main_sum").asDouble();
    double x = arm.path("cov_sum").asDouble();
    double cross = arm.path("cross").asDouble();
    return CoMoments.ofSums(
        arm.path("n").asDouble(), new double[] {y, x}, new double[][] {{y, cross}, {cross, x}});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gb-power-freq-click",
        "gb-power-freq-revenue",
        "gb-power-seq5000-click",
        "gb-power-seq5000-revenue"
      })
  void powersByWeekAgree(String id) {
    Case c = take(id);
    JsonNode metric = c.input().path("metric");
    boolean share = metric.path("type").asText().equals("proportion");
    double baseline = metric.path(share ? "p" : "mean").asDouble();
    // GrowthBook gives the treatment the variance of the control, also for shares.
    double sd = share ? Math.sqrt(baseline * (1 - baseline)) : metric.path("sd").asDouble();
    double perWeek =
        2 * c.input().path("users_per_week").asDouble() / c.input().path("variations").asDouble();
    boolean sequential = c.input().path("engine").asText().startsWith("seq");
    for (int week = 1; week <= 9; week++) {
      double units = perWeek * week;
      // Its sequential power widens the standard error to that of the confidence sequence.
      double widening =
          sequential
              ? sequentialQuantile(units, 5000, 0.05) / NullLaw.NORMAL.twoSidedQuantile(0.95)
              : 1;
      LiftPower model =
          new LiftPower(
              PlannedTest.twoSided(0.05), baseline, new LiftPower.Metric.Mean(sd * widening));
      assertThat(model.rejectionProbability(metric.path("effect").asDouble(), units))
          .as("power after week %d", week)
          .isCloseTo(c.numbers("power")[week - 1], offset(5.1e-6));
      assertThat(model.minimumDetectableEffect(units, 0.8, true).orElseThrow())
          .as("detectable effect after week %d", week)
          .isCloseTo(c.numbers("mde_relative_for_80pct")[week - 1], offset(5.1e-6));
    }
  }

  @Test
  void varianceOfARelativeEffectAgrees() {
    Case c = take("gb-delta-rel");
    TestResult lift =
        RelativeLift.delta(
                new ArmEstimate(7, Math.sqrt(2 / 4.0), 3),
                new ArmEstimate(5, Math.sqrt(0.5 / 15), 14),
                Alternative.TWO_SIDED,
                0.95)
            .orElseThrow();
    near(lift.standardError() * lift.standardError(), c, "variance");
  }

  /** The factor counts units to add, in multiples of those there are; it is bisected to 2^-10. */
  @ParameterizedTest
  @ValueSource(strings = {"gb-mid-freq", "gb-mid-bayes"})
  void unitsToAddInMidExperimentAgree(String id) {
    Case c = take(id);
    double sd = Math.sqrt(moments(c, "a").sampleVariance());
    PlannedTest test = PlannedTest.twoSided(c.input().path("alpha").asDouble());
    LiftPower model = new LiftPower(test, 1, new LiftPower.Metric.Mean(sd));
    double effect = c.input().path("target_mde").asDouble();
    double wanted = c.input().path("target_power").asDouble();
    JsonNode prior = c.input().path("prior");
    double total;
    if (prior.isObject()) {
      CrediblePower credible =
          new CrediblePower(prior.path("mean").asDouble(), prior.path("variance").asDouble(), 0.95);
      total =
          MonotoneSearch.smallest(
              n -> credible.power(effect, model.standardError(effect, n)) >= wanted, 1000, 1e9);
    } else {
      total = model.totalUnits(effect, wanted);
    }
    assertThat(total / 1000 - 1).isCloseTo(c.number("scaling_factor"), offset(1.0 / 1024));
  }

  @Test
  void falseDiscoveryAdjustmentAgrees() {
    Case c = take("gb-bh");
    double[] adjusted =
        PValueAdjustment.BENJAMINI_HOCHBERG.adjust(ReferenceFile.numbers(c.input().path("p")));
    double[] expected = c.numbers("adjusted");
    for (int i = 0; i < expected.length; i++) {
      assertThat(adjusted[i]).isCloseTo(expected[i], offset(5.1e-5));
    }
  }

  /**
   * The former engine for shares: a log-normal approximation of the ratio of two Beta variables.
   * The mean and standard deviation of the log ratio are those of the posteriors by the delta
   * method; the losses were exact.
   */
  @Test
  void formerBetaEngineAgrees() {
    Case c = take("gbold-beta-flat");
    BetaPosterior a = new BetaPosterior(50, 52);
    BetaPosterior b = new BetaPosterior(52, 50);
    double mean = logMean(b) - logMean(a);
    double sd = Math.sqrt(logVariance(a) + logVariance(b));
    NormalEffect logRatio = new NormalEffect(mean, sd);
    near(mean, c, "log_ratio_mean");
    near(sd, c, "log_ratio_sd");
    near(logRatio.probabilityAbove(0), c, "chance_to_win");
    near(Math.expm1(mean), c, "expected_lift");
    Interval interval = normal(logRatio);
    near(
        new Interval(Math.expm1(interval.lower()), Math.expm1(interval.upper())),
        c.expected().path("ci"));
    BestArmAnalysis exact = BestArmAnalysis.of(List.of(a, b), Direction.INCREASE);
    double[] risk = c.numbers("risk_absolute");
    assertThat(exact.expectedLoss(0)).isCloseTo(risk[0], offset(5.1e-6));
    assertThat(exact.expectedLoss(1)).isCloseTo(risk[1], offset(5.1e-6));
  }

  private static double logMean(BetaPosterior p) {
    return GammaFunction.digamma(p.alpha()) - GammaFunction.digamma(p.alpha() + p.beta());
  }

  private static double logVariance(BetaPosterior p) {
    return GammaFunction.trigamma(p.alpha()) - GammaFunction.trigamma(p.alpha() + p.beta());
  }

  private static Case take(String id) {
    COVERED.add(id);
    return FILE.withId(id);
  }

  private static MomentEvidence moments(Case c, String arm) {
    JsonNode sums = c.input().path(arm);
    double n = sums.path("n").asDouble();
    double sum = sums.path("sum").asDouble();
    return new MomentEvidence(
        sums.path("n").asLong(), sum / n, sums.path("sum_squares").asDouble() - sum * sum / n);
  }

  private static ArmEstimate mean(Case c, String arm) {
    return ArmEstimate.ofMean(moments(c, arm)).orElseThrow();
  }

  private static ArmEstimate share(Case c, String arm) {
    JsonNode counts = c.input().path(arm);
    return ArmEstimate.ofShare(
            new Proportion(counts.path("successes").asLong(), counts.path("n").asLong()))
        .orElseThrow();
  }

  private static CoMoments ratio(JsonNode arm) {
    double cross = arm.path("md").asDouble();
    return CoMoments.ofSums(
        arm.path("n").asDouble(),
        new double[] {arm.path("m_sum").asDouble(), arm.path("d_sum").asDouble()},
        new double[][] {
          {arm.path("m_ss").asDouble(), cross}, {cross, arm.path("d_ss").asDouble()}
        });
  }

  private static TestResult relative(MomentEvidence a, MomentEvidence b) {
    return RelativeLift.delta(
            ArmEstimate.ofMean(a).orElseThrow(),
            ArmEstimate.ofMean(b).orElseThrow(),
            Alternative.TWO_SIDED,
            0.95)
        .orElseThrow();
  }

  /**
   * The relative effect with GrowthBook's degrees of freedom, which are those of the absolute
   * difference. Ours weigh the two terms of the relative variance, which differs by the factor of
   * the means: 202.4 against 209.5 for the counts here, 5e-5 of the p-value.
   */
  private static TestResult growthBookLift(ArmEstimate control, ArmEstimate treatment) {
    TestResult lift =
        RelativeLift.delta(control, treatment, Alternative.TWO_SIDED, 0.95).orElseThrow();
    TestResult absolute =
        Comparison.difference(control, treatment, Alternative.TWO_SIDED, 0.95).orElseThrow();
    return TestResult.of(
            lift.estimate(),
            lift.standardError(),
            absolute.degreesOfFreedom(),
            Alternative.TWO_SIDED,
            0.95)
        .orElseThrow();
  }

  private static Interval normal(NormalEffect effect) {
    double half = effect.standardDeviation() * NullLaw.NORMAL.twoSidedQuantile(0.95);
    return new Interval(effect.mean() - half, effect.mean() + half);
  }

  /** Half a unit of the last printed digit, and a hundredth of it for the printed double itself. */
  private static void near(double actual, Case c, String field) {
    near(actual, c.expected().path(field));
  }

  private static void near(Interval actual, JsonNode expected) {
    near(actual.lower(), expected.get(0));
    near(actual.upper(), expected.get(1));
  }

  private static void near(double actual, JsonNode expected) {
    String printed = expected.decimalValue().stripTrailingZeros().toPlainString();
    int point = printed.indexOf('.');
    int digits = Math.max(5, point < 0 ? 0 : printed.length() - point - 1);
    assertThat(actual).isCloseTo(expected.asDouble(), offset(0.51 * Math.pow(10, -digits)));
  }

  private static void precise(double actual, Case c, String field) {
    assertThat(actual).isCloseTo(c.number(field), offset(1e-9));
  }
}
