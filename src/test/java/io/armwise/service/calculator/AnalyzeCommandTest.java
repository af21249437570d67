package io.armwise.service.calculator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnalyzeCommandTest {
  private static final String CSV = "experiment,arm,trials,successes\ne,a,100,10\ne,b,100,20\n";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "experiment,arm,impressions,clicks\ne,a,100,10\ne,b,100,20\n",
        "experiment,arm,units,conversions\ne,a,100,10\ne,b,100,20\n",
        "\uFEFFExperiment;Arm;Trials;Successes\r\n\r\ne;a;1e2;10\r\ne;b;100;20",
        "successes\tarm\texperiment\ttrials\n10\t a \te\t100\n20\tb\te\t100.0\n",
        "experiment,arm,trials,successes\n\"e\",\"a\",\"100\",10\ne,b,+100,.2e2\n"
      })
  void readsEveryKindOfCsv(String csv) {
    assertThat(Run.analyze(folder, csv, "--json").out())
        .isEqualTo(Run.analyze(folder, CSV, "--json").out())
        .isNotEmpty();
  }

  @Test
  void readsOneObjectAnArrayAndLinesAlike() {
    String one =
        "{\"experiment\":\"x\",\"arms\":[{\"arm\":\"a\",\"posterior\":{\"type\":\"gamma\",\"shape\":3,\"rate\":2}},"
            + "{\"posterior\":{\"rate\":2,\"type\":\"gamma\",\"shape\":4},\"arm\":\"b\"}]}";
    String other = one.replace("\"x\"", "\"y\"");
    String array = Run.analyze(folder, "[" + one + ",\n" + other + "]", "--json").out();
    assertThat(array).isEqualTo(Run.analyze(folder, one + "\n" + other, "--json").out());
    assertThat(array.lines()).hasSize(2);
    assertThat(Run.analyze(folder, one, "--json").out())
        .isEqualTo(array.lines().findFirst().orElseThrow() + System.lineSeparator());
  }

  @Test
  @ResourceLock(Resources.SYSTEM_PROPERTIES)
  void readsStandardInput() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(CSV.getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(Run.of("analyze", "-", "--json").out())
          .isEqualTo(Run.analyze(folder, CSV, "--json").out());
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void keepsTheOrderOfFirstAppearance() {
    String csv = "experiment,arm,trials,successes\nz,a,9,1\ny,a,9,1\nz,b,9,2\nx,a,9,1\ny,b,9,2\n";
    assertThat(Run.analyze(folder, csv, "--json").json())
        .extracting(e -> e.get("experiment").textValue() + e.get("arms").size())
        .containsExactly("z2", "y2", "x1");
  }

  @Test
  void aSingleArmIsBest() {
    JsonNode e =
        Run.analyze(folder, "experiment,arm,trials,successes\ne,a,9,1\n", "--json")
            .json()
            .getFirst();
    assertThat(e.at("/arms/0/probabilityToBeBest").doubleValue()).isEqualTo(1);
    assertThat(e.at("/arms/0/expectedLoss").doubleValue()).isEqualTo(0);
    assertThat(e.at("/arms/0/uplift").isNull()).isTrue();
    assertThat(e.at("/topTwoShares/0").doubleValue()).isEqualTo(1);
  }

  @Test
  void whatDoesNotExistIsNull() {
    String json =
        """
        {"experiment":"e","arms":[
          {"arm":"a","posterior":{"type":"student-t","df":1,"location":0,"scale":1}},
          {"arm":"b","posterior":{"type":"normal","mean":0,"sd":1}}]}
        """;
    Run run = Run.analyze(folder, json, "--json");
    JsonNode arms = run.json().getFirst().get("arms");
    assertThat(arms.at("/0/mean").isNull()).isTrue();
    assertThat(arms.at("/0/sd").isNull()).isTrue();
    assertThat(arms.at("/0/expectedLoss").isNull()).isTrue();
    assertThat(arms.at("/1/expectedLoss").isNull()).isTrue();
    assertThat(arms.at("/1/uplift/absolute/mean").isNull()).isTrue();
    assertThat(run.out()).doesNotContain("NaN").doesNotContain("Infinity");
  }

  @Test
  void theControlCanBeChosen() {
    JsonNode arms =
        Run.analyze(folder, CSV, "--json", "--control", "b").json().getFirst().get("arms");
    assertThat(arms.at("/1/uplift").isNull()).isTrue();
    assertThat(arms.at("/0/uplift/absolute/mean").doubleValue()).isNegative();
  }

  @Test
  void namesArePrintedInAscii() {
    String csv = "experiment,arm,trials,successes\nÄ,ü,9,1\n";
    assertThat(Run.analyze(folder, csv, "--json").out()).contains("\\u00C4").matches("\\p{ASCII}*");
  }

  @Test
  void thePlainTextHasATableAndAVerdict() {
    assertThat(Run.analyze(folder, CSV).out())
        .contains("a (control)", "P(best)", "b is best with probability")
        .doesNotContain("\u001b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          experiment,arm,trials,successes;e,a,10,11         | :2, column successes: must be <= 10 trials, got '11'
          experiment,arm,trials,successes;e,a,10,-1         | :2, column successes: must be >= 0, got '-1'
          experiment,arm,trials,clicks;e,a,NaN,1            | :2, column trials: must be a finite decimal number, got 'NaN'
          experiment,arm,trials,successes;e,a,1e999,1       | :2, column trials: must be a finite decimal number, got '1e999'
          experiment,arm,trials,successes;;e,a,10,          | :3, column successes: must be a finite decimal number, got ''
          experiment,arm,trials,successes;e,,10,1           | :2, column arm: must be a name, got ''
          experiment,arm,trials,successes;e,a,10            | :2: a row must have 4 cells as the header has, got 3
          experiment,arm,trials,successes;e,a,9,1;e,a,9,1   | :3: the arm must appear once in its experiment, got 'a' of experiment 'e' again, first at
          experiment,arm,trails,successes;e,a,9,1           | :1, column 3: the header must be experiment,arm with trials,successes or n,mean,sd or events,exposure, got 'trails'; did you mean 'trials'?
          experiment,arm,trials,clicks,successes;e,a,9,1,1  | :1, column 5: each column must appear once, got 'successes' again
          experiment,arm,trials,mean;e,a,9,1                | :1: the header must be experiment,arm with trials,successes
          experiment,arm,trials,successes                   | : the input must have a row below its header, got none
          experiment,arm,n,mean,sd;e,a,1,2,3                | :2, column n: must be > 1, got '1'
          experiment,arm,n,mean,sd;e,a,9,2,0                | :2, column sd: must be > 0, got '0'
          experiment,arm,events,exposure;e,a,9,0            | :2, column exposure: must be > 0, got '0'
          [                                                 | :1:2: the input must be JSON
          []                                                | : the input must have an experiment, got an empty array
          {"experiment":"e","arms":[]}                      | :1:1: experiment 'e' must have at least one arm, got none
          {"experiment":"e","arm":[]}                       | :1:19: an experiment must have the fields experiment, arms, got 'arm'; did you mean 'arms'?
          {"experiment":"e","arms":[{"arm":"a"}]}           | :1:27: arm 'a' must have the field posterior, got none
          {"experiment":"e","arms":[{"arm":"a","posterior":{"type":"beto"}}]} | type must be one of beta, normal, student-t, gamma, got 'beto'; did you mean 'beta'?
          {"experiment":"e","arms":[{"arm":"a","posterior":{"type":"beta","alpha":1,"bet":1}}]} | a posterior of type beta must have the fields alpha, beta, got 'bet'; did you mean 'beta'?
          {"experiment":"e","arms":[{"arm":"a","posterior":{"type":"beta","alpha":1}}]} | a posterior of type beta must have the field beta
          {"experiment":"e","arms":[{"arm":"a","posterior":{"type":"beta","alpha":0,"beta":1}}]} | a posterior of type beta: alpha must be
          {"experiment":"e","arms":[{"arm":"a","posterior":{"type":"beta","alpha":"1","beta":1}}]} | field alpha must be a number, got 1
          {"experiment":"e","arms":[{"arm":"a","posterior":{"type":"normal","mean":1e999,"sd":1}}]} | field mean must be a finite number, got 1e999
          {"experiment":"e","experiment":"f"}               | the input must be JSON: Duplicate field 'experiment'
          """)
  void saysPlaceRuleAndValue(String input, String message) {
    Run run = Run.analyze(folder, input.replace(";", "\n"));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("armwise: ").contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--control c   | --control must name an arm of experiment 'e', which has a, b, got 'c'",
        "--level 1     | --level must be in (0, 1), got 1.0",
        "--level NaN   | --level must be in (0, 1), got NaN",
        "--prior 1     | must be two numbers a,b",
        "--prior 0,1   | must be two numbers a,b greater than 0",
        "--tightest-at 0 | --tightest-at must be in (0"
      })
  void refusesOptionsThatDoNotFit(String option, String message) {
    Run run = Run.analyze(folder, CSV, option.split(" "));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(message);
  }

  @Test
  void refusesAPriorForDataThatTakeNone() {
    Run run = Run.analyze(folder, "experiment,arm,n,mean,sd\ne,a,9,2,1\n", "--prior", "1,1");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(":2: --prior must go with trials or events");
  }

  @Test
  void anErrorInTheLastRowPrintsNothing() {
    Run run = Run.analyze(folder, CSV + "f,a,1,2\n", "--json");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(":4, column successes");
  }

  @Test
  void refusesEmptyAndMissingFiles() {
    assertThat(Run.analyze(folder, " \n").err()).contains("the input must not be empty");
    Run missing = Run.of("analyze", folder.resolve("none.csv").toString());
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err()).contains("none.csv: the file must exist, got none");
  }
}
