package io.armwise.service.calculator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against R 4.2.2 ({@code power.prop.test}, {@code power.t.test}); figures quoted per test. */
class PowerCommandTest {

  private static JsonNode json(String arguments) {
    Run run = Run.of((arguments + " --json").split(" "));
    assertThat(run.err()).isEmpty();
    return run.json().getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "pooled, 218336.920412986",
    "unpooled, 218333.743793674",
    "arcsine, 218216.014005072",
    "baseline, 212084.240855627"
  })
  void sizesAProportionLikeR(String nullVariance, double perArm) {
    JsonNode plan =
        json(
            "power proportion --baseline 0.01 --effect 0.1 --relative --power 0.9 --null-variance "
                + nullVariance);
    assertThat(plan.at("/units/exactTotal").doubleValue() / 2)
        .isCloseTo(perArm, within(1e-5 * perArm));
    assertThat(plan.at("/units/control").longValue()).isEqualTo((long) Math.ceil(perArm));
    assertThat(plan.get("solvedFor").textValue()).isEqualTo("units");
  }

  @Test
  void computesThePowerLikeR() {
    JsonNode plan = json("power proportion --baseline 0.5 --effect 0.25 --units 100");
    assertThat(plan.get("power").doubleValue()).isCloseTo(0.740165901331388, within(1e-9));
    assertThat(plan.get("solvedFor").textValue()).isEqualTo("power");
  }

  @Test
  void sizesAMeanLikeR() {
    JsonNode exact = json("power mean --sd 1 --effect 0.05");
    assertThat(exact.at("/units/exactTotal").doubleValue() / 2)
        .isCloseTo(6280.06429630126, within(0.07));
    JsonNode normal = json("power mean --sd 1 --effect 0.05 --normal");
    assertThat(normal.at("/units/exactTotal").doubleValue() / 2)
        .isCloseTo(6279.10378747927, within(1e-5));
  }

  @Test
  void theSmallestEffectAtTheNeededSizeIsTheEffect() {
    double units =
        json("power lift --baseline 0.05 --effect 0.1").at("/units/exactTotal").doubleValue();
    JsonNode back = json("power lift --baseline 0.05 --units " + units);
    assertThat(back.get("relativeEffect").doubleValue()).isCloseTo(0.1, within(1e-9));
    JsonNode down = json("power lift --baseline 0.05 --decrease --units " + units);
    assertThat(down.get("relativeEffect").doubleValue()).isNegative();
  }

  @Test
  void dividesUnitsAndCountsDays() {
    JsonNode plan =
        json("power proportion --baseline 0.05 --effect 0.005 --allocation 3:1 --per-day 2000");
    long control = plan.at("/units/control").longValue();
    long treatment = plan.at("/units/treatment").longValue();
    assertThat(control).isBetween(3 * treatment - 3, 3 * treatment + 3);
    assertThat(plan.get("days").longValue()).isEqualTo((control + treatment + 1999) / 2000);
    JsonNode given = json("power proportion --baseline 0.05 --units 1001");
    assertThat(given.at("/units/total").longValue()).isEqualTo(1001);
  }

  @Test
  void theTextAnswersInASentence() {
    assertThat(Run.of("power", "proportion", "--baseline", "0.2", "--effect", "0.05").out())
        .contains("2,188 units show an effect of +0.05000 (+25.00%) with probability 80.00%.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "power | name what is measured",
        "power proportion --baseline 0.1 | give --effect",
        "power proportion --baseline 0.1 --effect 0.1 --units 9 --power 0.8 | leave out one of",
        "power proportion --baseline 1.1 --effect 0.1 | baseline must be in (0, 1)",
        "power proportion --baseline 0.1 --effect 0.95 | baseline + effect must be in (0, 1)",
        "power proportion --baseline 0.1 --effect 0 | --effect must be finite and not 0",
        "power proportion --baseline 0.1 --effect NaN | --effect must be finite and not 0",
        "power proportion --baseline 0.1 --units -1 | --units must be > 0",
        "power proportion --baseline 0.1 --units 9 --power 1 | --power must be in (0, 1)",
        "power proportion --baseline 0.1 --units 9 --alpha 0 | --alpha must be in (0, 1)",
        "power proportion --baseline 0.1 --units 9 --allocation 1 | must be two numbers C:T",
        "power proportion --baseline 0.1 --units 9 --null-variance x | --null-variance must be",
        "power mean --sd 0 --units 9 | standardDeviation must be > 0",
        "power mean --sd 1 --effect 0.1 --relative | --relative needs --baseline"
      })
  void refusesWhatDoesNotFit(String arguments, String message) {
    Run run = Run.of(arguments.split(" "));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(message);
  }
}
