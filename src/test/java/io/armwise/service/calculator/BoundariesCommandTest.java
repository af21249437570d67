package io.armwise.service.calculator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against an independent recursion that agrees with Jennison and Turnbull (2000), tables 2.1 and
 * 2.3, and with rpact 3.3.4; the engine's reference files have the cases.
 */
class BoundariesCommandTest {

  private static JsonNode json(String arguments) {
    Run run = Run.of((arguments + " --json").split(" "));
    assertThat(run.err()).isEmpty();
    return run.json().getFirst();
  }

  @Test
  void pocockAgreesWithTheTables() {
    JsonNode design = json("boundaries --design pocock --looks 2 --alpha 0.1");
    for (JsonNode look : design.get("looks")) {
      assertThat(look.get("z").doubleValue()).isCloseTo(1.87542300109, within(1e-6));
      assertThat(look.get("nominalP").doubleValue()).isCloseTo(0.060734553264, within(1e-6));
    }
    assertThat(design.at("/looks/1/cumulativeAlpha").doubleValue()).isCloseTo(0.1, within(1e-9));
    assertThat(design.get("drift").doubleValue()).isCloseTo(2.63281022585, within(1e-6));
    assertThat(design.get("inflation").doubleValue()).isCloseTo(1.12116870499, within(1e-6));
    assertThat(design.get("expectedInformation").doubleValue())
        .isCloseTo(0.752695113291, within(1e-6));
    assertThat(design.at("/looks/0/cumulativePower").doubleValue())
        .isCloseTo(0.494516696325, within(1e-6));
    assertThat(design.get("power").doubleValue()).isCloseTo(0.8, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--looks 4 | 4.33263364605,2.96313159768,2.3590442853,2.01409014393",
        "--design spending-power --shape 2 --fractions 0.3,0.6,1"
            + " | 2.84080371786,2.42674060044,2.04502081928",
        "--design spending-hsd --shape -4 --fractions 0.1,0.35,0.8,1 --alpha 0.025 --one-sided"
            + " | 3.50371998124,3.03014338051,2.3226914651,2.01847698492",
        "--design spending-hsd --shape 1 --looks 5"
            + " | 2.44867724974,2.41898470537,2.39838139565,2.39123032634,2.39475908506"
      })
  void spendingAgreesWithTheReference(String arguments, String bounds) {
    JsonNode design = json("boundaries " + arguments);
    String[] expected = bounds.split(",", -1);
    assertThat(design.get("looks").size()).isEqualTo(expected.length);
    for (int k = 0; k < expected.length; k++) {
      assertThat(design.get("looks").get(k).get("z").doubleValue())
          .isCloseTo(Double.parseDouble(expected[k]), within(1e-6));
    }
  }

  @Test
  void wangTsiatisLiesBetweenItsEnds() {
    double first =
        json("boundaries --design obrien-fleming --looks 3").at("/looks/0/z").doubleValue();
    double between =
        json("boundaries --design wang-tsiatis --shape 0.25 --looks 3")
            .at("/looks/0/z")
            .doubleValue();
    double last = json("boundaries --design pocock --looks 3").at("/looks/0/z").doubleValue();
    assertThat(between).isStrictlyBetween(last, first);
    assertThat(json("boundaries --design wang-tsiatis --shape 0.5 --looks 3").at("/looks/0/z"))
        .isEqualTo(json("boundaries --design pocock --looks 3").at("/looks/0/z"));
  }

  @Test
  void withoutAnEffectThereIsNoInflation() {
    JsonNode design = json("boundaries --looks 3 --drift 0");
    assertThat(design.get("inflation").isNull()).isTrue();
    assertThat(design.get("power").doubleValue()).isCloseTo(0.025, within(1e-9));
  }

  @Test
  void theTextListsTheLooks() {
    assertThat(Run.of("boundaries", "--looks", "5").out())
        .contains("spending-obrien-fleming, 5 looks", "4.8769", "2.0310");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "boundaries | give the looks by --looks or by --fractions",
        "boundaries --looks 0 | --looks must be in [1, 500], got 0",
        "boundaries --design pocock --fractions 0.5,1 | --fractions needs a spending design",
        "boundaries --looks 3 --shape 1 | takes no --shape",
        "boundaries --looks 3 --design wang-tsiatis | needs --shape",
        "boundaries --fractions 0.5,0.4 | fractions must rise in (0, 1]",
        "boundaries --looks 3 --power 0.8 --drift 2 | give --power or --drift",
        "boundaries --looks 3 --power 1 | --power must be in (0, 1)",
        "boundaries --looks 3 --alpha NaN | --alpha must be in (0, 1)",
        "boundaries --looks 3 --design sprt | --design"
      })
  void refusesWhatDoesNotFit(String arguments, String message) {
    Run run = Run.of(arguments.split(" "));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(message);
  }
}
