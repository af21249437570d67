package io.armwise.posterior.classical;

import static io.armwise.posterior.classical.ReferenceFile.relative;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.posterior.Interval;
import io.armwise.posterior.classical.ReferenceFile.Case;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * CUPED, ratio metrics, relative lift, decisions with a region of practical equivalence, TOST:
 * against 40-digit arithmetic; the file states 1e-12.
 */
class AdjustmentReferenceTest {
  private static final ReferenceFile FILE =
      ReferenceFile.read("classical/cuped_ratio_lift_rope.json");
  private static final double TOLERANCE = 1e-12;

  static Stream<Case> cuped() {
    return FILE.ofKind("cuped");
  }

  @ParameterizedTest
  @MethodSource("cuped")
  void variancesAreReducedAsInTheReference(Case c) {
    CoMoments control = arm(c.input(), "control");
    CoMoments treatment = arm(c.input(), "treatment");
    Cuped within = Cuped.fit(List.of(control, treatment)).orElseThrow();
    checkAdjusted(within, control, treatment, c.expected().path("theta_within_arm_pooled"));
    // One arm that holds all units: the coefficient that ignores the arms.
    Cuped pooled = Cuped.fit(List.of(control.merge(treatment))).orElseThrow();
    checkAdjusted(pooled, control, treatment, c.expected().path("theta_pooled_all"));
    TestResult raw =
        TTest.welch(
                Samples.moments(ReferenceFile.numbers(c.input().path("y_control"))),
                Samples.moments(ReferenceFile.numbers(c.input().path("y_treatment"))),
                Alternative.TWO_SIDED,
                0.95)
            .orElseThrow();
    close(raw.estimate(), ReferenceFile.number(c.expected().path("unadjusted").path("diff")));
    close(raw.standardError(), ReferenceFile.number(c.expected().path("unadjusted").path("se")));
    // The file's correlation is that of all units, arms ignored.
    close(pooled.varianceFactor(), c.number("asymptotic_variance_ratio_1_minus_rho2"));
    close(1 - pooled.varianceFactor(), Math.pow(c.number("pooled_correlation"), 2));
  }

  private static void checkAdjusted(
      Cuped cuped, CoMoments control, CoMoments treatment, JsonNode expected) {
    TestResult adjusted =
        Comparison.difference(
                cuped.adjust(control).orElseThrow(),
                cuped.adjust(treatment).orElseThrow(),
                Alternative.TWO_SIDED,
                0.95)
            .orElseThrow();
    close(cuped.theta()[0], ReferenceFile.number(expected.path("theta")));
    close(adjusted.estimate(), ReferenceFile.number(expected.path("adjusted_diff")));
    close(adjusted.standardError(), ReferenceFile.number(expected.path("se")));
  }

  private static CoMoments arm(JsonNode input, String name) {
    return CoMoments.ofColumns(
        ReferenceFile.numbers(input.path("y_" + name)),
        ReferenceFile.numbers(input.path("x_" + name)));
  }

  static Stream<Case> ratios() {
    return FILE.ofKind("ratio-metric");
  }

  @ParameterizedTest
  @MethodSource("ratios")
  void ratiosAgree(Case c) {
    CoMoments arm =
        CoMoments.ofColumns(
            ReferenceFile.numbers(c.input().path("numerator_per_user")),
            ReferenceFile.numbers(c.input().path("denominator_per_user")));
    ArmEstimate ratio = RatioMetric.estimate(arm).orElseThrow();
    close(ratio.value(), c.number("ratio"));
    close(ratio.standardError() * ratio.standardError(), c.number("delta_variance"));
    close(ratio.asNormal().interval(0.95), c.numbers("delta_ci95"));
    close(RatioMetric.fieller(arm, 0.95).orElseThrow(), c.numbers("fieller_ci95_z"));
    close(RatioMetric.biasCorrected(arm).orElseThrow(), c.number("bias_corrected_ratio"));
  }

  static Stream<Case> lifts() {
    return FILE.ofKind("relative-lift");
  }

  @ParameterizedTest
  @MethodSource("lifts")
  void liftsAgree(Case c) {
    ArmEstimate control = mean(c.input(), "a");
    ArmEstimate treatment = mean(c.input(), "b");
    TestResult delta =
        RelativeLift.delta(control, treatment, Alternative.TWO_SIDED, 0.95).orElseThrow();
    close(delta.estimate(), c.number("lift"));
    close(delta.standardError(), c.number("delta_se"));
    close(delta.interval(), c.numbers("delta_ci95"));
    close(RelativeLift.fieller(control, treatment, 0.95).orElseThrow(), c.numbers("fieller_ci95"));
    close(
        RelativeLift.logRatio(control, treatment, 0.95).orElseThrow(), c.numbers("log_ratio_ci95"));
  }

  private static ArmEstimate mean(JsonNode input, String arm) {
    return ArmEstimate.ofMean(
            Samples.moments(
                input.path("n_" + arm).asLong(),
                input.path("mean_" + arm).asDouble(),
                input.path("var_" + arm).asDouble()))
        .orElseThrow()
        .asNormal();
  }

  static Stream<Case> decisions() {
    return FILE.ofKind("normal-decision");
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void decisionsUnderNormalErrorAgree(Case c) {
    NormalEffect effect =
        new NormalEffect(
            ReferenceFile.number(c.input().path("effect_mean")),
            ReferenceFile.number(c.input().path("effect_sd")));
    double rope = ReferenceFile.number(c.input().path("rope_halfwidth"));
    close(effect.probabilityAbove(0), c.number("P_gt_0"));
    close(effect.probabilityWithin(-rope, rope), c.number("P_in_rope"));
    close(effect.probabilityAbove(rope), c.number("P_above_rope"));
    close(effect.probabilityBelow(-rope), c.number("P_below_rope"));
    close(effect.expectedLossOfTreatment(), c.number("expected_loss_ship"));
    close(effect.expectedLossOfControl(), c.number("expected_loss_hold"));
  }

  static Stream<Case> equivalences() {
    return FILE.ofKind("tost");
  }

  @ParameterizedTest
  @MethodSource("equivalences")
  void equivalenceTestsAgree(Case c) {
    TestResult effect =
        TestResult.of(
                c.input().path("diff").asDouble(),
                c.input().path("se").asDouble(),
                c.input().path("df").asDouble(),
                Alternative.TWO_SIDED,
                0.95)
            .orElseThrow();
    double margin = c.input().path("margin").asDouble();
    EquivalenceTest test = EquivalenceTest.of(effect, -margin, margin);
    close(test.lowerPValue(), c.number("p_lower"));
    close(test.upperPValue(), c.number("p_upper"));
    close(test.pValue(), c.number("p"));
  }

  @Test
  void everyCaseOfTheFileIsCovered() {
    assertThat(FILE.size()).isEqualTo(21);
    assertThat(FILE.kinds())
        .containsExactly("cuped", "ratio-metric", "relative-lift", "normal-decision", "tost");
  }

  private static void close(Interval actual, double[] expected) {
    close(actual.lower(), expected[0]);
    close(actual.upper(), expected[1]);
  }

  private static void close(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, relative(expected, TOLERANCE));
  }
}
