package io.armwise.posterior.classical;

import static io.armwise.posterior.classical.ReferenceFile.relative;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.posterior.classical.ProportionPower.NullVariance;
import io.armwise.posterior.classical.ReferenceFile.Case;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against R 4.2.2 {@code power.prop.test} and {@code power.t.test}. R finds sample sizes by a root
 * search; the file states relative 1e-5 for them and 1e-9 for closed formulas.
 */
class PowerReferenceTest {
  private static final ReferenceFile FILE = ReferenceFile.read("classical/power.json");

  static Stream<Case> sampleSizesOfShares() {
    return FILE.ofKind("power-prop");
  }

  @ParameterizedTest
  @MethodSource("sampleSizesOfShares")
  void sampleSizesOfSharesAgree(Case c) {
    unitsPerArm(c, NullVariance.POOLED, "n_per_arm_pooled_null", 1e-5);
    if (c.expected().size() > 1) {
      unitsPerArm(c, NullVariance.UNPOOLED, "n_per_arm_unpooled", 1e-9);
      unitsPerArm(c, NullVariance.ARCSINE, "n_per_arm_arcsine", 1e-9);
      unitsPerArm(c, NullVariance.BASELINE, "n_per_arm_evanmiller", 1e-9);
    }
  }

  private static void unitsPerArm(Case c, NullVariance variance, String field, double tolerance) {
    JsonNode in = c.input();
    double effect = in.path("p2").asDouble() - in.path("p1").asDouble();
    double total = model(in, variance).totalUnits(effect, in.path("power").asDouble());
    assertThat(total / 2).isCloseTo(c.number(field), relative(c.number(field), tolerance));
  }

  static Stream<Case> powersOfShares() {
    return FILE.ofKind("power-prop-given-n");
  }

  @ParameterizedTest
  @MethodSource("powersOfShares")
  void powersOfSharesAgree(Case c) {
    JsonNode in = c.input();
    double effect = in.path("p2").asDouble() - in.path("p1").asDouble();
    double units = 2 * in.path("n_per_arm").asDouble();
    ProportionPower model = model(in, NullVariance.POOLED);
    assertThat(model.power(effect, units))
        .isCloseTo(c.number("power"), relative(c.number("power"), 1e-9));
    assertThat(model.rejectionProbability(effect, units))
        .isCloseTo(c.number("power_strict"), relative(c.number("power_strict"), 1e-9));
  }

  private static ProportionPower model(JsonNode in, NullVariance variance) {
    assertThat(in.path("sides").asInt()).isEqualTo(2);
    return new ProportionPower(
        PlannedTest.twoSided(in.path("alpha").asDouble()), in.path("p1").asDouble(), variance);
  }

  static Stream<Case> sampleSizesOfMeans() {
    return FILE.ofKind("power-t");
  }

  @ParameterizedTest
  @MethodSource("sampleSizesOfMeans")
  void sampleSizesOfMeansAgree(Case c) {
    JsonNode in = c.input();
    PlannedTest test = PlannedTest.twoSided(in.path("alpha").asDouble());
    double exact =
        new MeanPower(test, in.path("sd").asDouble(), MeanPower.Law.STUDENT_T)
            .totalUnits(in.path("delta").asDouble(), in.path("power").asDouble());
    assertThat(exact / 2).isCloseTo(c.number("n_per_arm"), relative(c.number("n_per_arm"), 1e-5));
    double normal =
        new MeanPower(test, in.path("sd").asDouble(), MeanPower.Law.NORMAL)
            .totalUnits(in.path("delta").asDouble(), in.path("power").asDouble());
    assertThat(normal / 2)
        .isCloseTo(c.number("n_per_arm_normal"), relative(c.number("n_per_arm_normal"), 1e-9));
  }

  @Test
  void everyCaseOfTheFileIsCovered() {
    assertThat(FILE.size()).isEqualTo(66);
    assertThat(FILE.kinds())
        .containsExactlyInAnyOrder("power-prop", "power-prop-given-n", "power-t");
  }
}
