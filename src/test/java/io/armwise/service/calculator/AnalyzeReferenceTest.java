package io.armwise.service.calculator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Values of the JSON output against numbers computed elsewhere: composite Gauss-Legendre quadrature
 * with 99 digits (cases betaK-07, betadiff-02 and tt-betaK-07 of the engine's reference files), the
 * library confseq 70b1ef30 (case bern-085), and R 4.2.2 ({@code qt}, {@code qgamma}).
 */
class AnalyzeReferenceTest {
  @TempDir Path folder;

  @Test
  void threeArmsAgreeWithNinetyNineDigits() {
    JsonNode e =
        Run.analyze(
                folder,
                "experiment,arm,trials,successes\ne,a,10,4\ne,b,100,50\ne,c,150,100\n",
                "--json")
            .json()
            .getFirst();
    double[] best = {0.04547173818179091, 0.003934459619906027, 0.950593802198303};
    double[] loss = {0.25039160395194077, 0.16705827061860742, 0.0025845864080811};
    double[] topTwo = {0.4602723364736126, 0.03991118495663565, 0.49981647856975175};
    for (int k = 0; k < 3; k++) {
      JsonNode arm = e.get("arms").get(k);
      assertThat(arm.get("probabilityToBeBest").doubleValue()).isCloseTo(best[k], within(1e-10));
      assertThat(arm.get("expectedLoss").doubleValue()).isCloseTo(loss[k], within(1e-10));
      assertThat(e.get("thompsonShares").get(k).doubleValue()).isCloseTo(best[k], within(1e-10));
      assertThat(e.get("topTwoShares").get(k).doubleValue()).isCloseTo(topTwo[k], within(1e-9));
    }
    assertThat(e.get("numericalError").doubleValue()).isBetween(0.0, 1e-10);
  }

  @Test
  void upliftAgreesWithNinetyNineDigits() {
    JsonNode arm =
        Run.analyze(
                folder,
                """
                {"experiment":"e","arms":[
                  {"arm":"A","posterior":{"type":"beta","alpha":501,"beta":510}},
                  {"arm":"B","posterior":{"type":"beta","alpha":43,"beta":63}}]}
                """,
                "--json")
            .json()
            .getFirst()
            .at("/arms/1");
    assertThat(arm.get("probabilityToBeatControl").doubleValue())
        .isCloseTo(0.03791803321062926, within(1e-10));
    JsonNode absolute = arm.at("/uplift/absolute");
    JsonNode relative = arm.at("/uplift/relative");
    assertThat(absolute.at("/interval/0").doubleValue())
        .isCloseTo(-0.18620680084521388, within(1e-8));
    assertThat(absolute.at("/interval/1").doubleValue())
        .isCloseTo(0.00946493856011477, within(1e-8));
    assertThat(relative.at("/interval/0").doubleValue())
        .isCloseTo(-0.36954853040472263, within(1e-8));
    assertThat(relative.at("/interval/1").doubleValue())
        .isCloseTo(0.01947382730154854, within(1e-8));
    assertThat(relative.get("mean").doubleValue()).isCloseTo(-0.18056603773584906, within(1e-12));
    assertThat(absolute.get("mean").doubleValue())
        .isCloseTo(43.0 / 106 - 501.0 / 1011, within(1e-14));
    assertThat(arm.get("anytimeInterval").isNull()).isTrue();
  }

  @Test
  void anytimeIntervalAgreesWithConfseq() {
    String csv = "experiment,arm,trials,successes\ne,a,1000,50\n";
    JsonNode arm =
        Run.analyze(folder, csv, "--json", "--tightest-at", "1000").json().getFirst().at("/arms/0");
    assertThat(arm.at("/anytimeInterval/0").doubleValue())
        .isCloseTo(0.0314986837042625, within(1e-9));
    assertThat(arm.at("/anytimeInterval/1").doubleValue())
        .isCloseTo(0.0734112781050698, within(1e-9));
  }

  @Test
  void fractionalTrialsHaveNoAnytimeInterval() {
    String csv = "experiment,arm,trials,successes\ne,a,1000.5,50\n";
    JsonNode arm = Run.analyze(folder, csv, "--json").json().getFirst().at("/arms/0");
    assertThat(arm.get("anytimeInterval").isNull()).isTrue();
    assertThat(arm.get("mean").doubleValue()).isCloseTo(51 / 1002.5, within(1e-15));
  }

  @Test
  void momentsGiveTheReferencePosterior() {
    // R: 10 + c(-1, 1) * qt(0.975, 24) * 2 / 5, with qt(0.975, 24) = 2.063898561628021
    String csv = "experiment,arm,n,mean,sd\ne,a,25,10,2\ne,b,3,11,2\n";
    JsonNode e = Run.analyze(folder, csv, "--json").json().getFirst();
    JsonNode arm = e.at("/arms/0");
    assertThat(arm.get("mean").doubleValue()).isEqualTo(10);
    assertThat(arm.get("sd").doubleValue()).isCloseTo(0.4 * Math.sqrt(24.0 / 22), within(1e-14));
    assertThat(arm.at("/interval/0").doubleValue())
        .isCloseTo(10 - 0.4 * 2.063898561628021, within(1e-11));
    assertThat(e.at("/arms/1/sd").isNull()).as("two degrees of freedom").isTrue();
    assertThat(e.at("/arms/1/uplift/absolute/mean").doubleValue()).isEqualTo(1);
    assertThat(e.at("/arms/1/uplift/relative/mean").isNull()).isTrue();
  }

  @Test
  void eventsTakeJeffreysPriorOrTheChosenOne() {
    String csv = "experiment,arm,events,exposure\ne,a,9,4\n";
    JsonNode jeffreys = Run.analyze(folder, csv, "--json").json().getFirst().at("/arms/0");
    assertThat(jeffreys.get("mean").doubleValue()).isEqualTo(9.5 / 4);
    JsonNode chosen =
        Run.analyze(folder, csv, "--json", "--prior", "1,2").json().getFirst().at("/arms/0");
    assertThat(chosen.get("mean").doubleValue()).isCloseTo(10.0 / 6, within(1e-15));
    assertThat(chosen.get("sd").doubleValue()).isCloseTo(Math.sqrt(10) / 6, within(1e-15));
  }
}
