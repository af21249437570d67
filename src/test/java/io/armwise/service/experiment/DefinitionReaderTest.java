package io.armwise.service.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.bandits.allocation.FixedSplit;
import io.armwise.bandits.allocation.TopTwoThompson;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.Violation;
import io.armwise.posterior.BetaPrior;
import io.armwise.posterior.NormalInverseGammaPrior;
import io.armwise.service.experiment.DefinitionReader.Reading;
import io.armwise.service.platform.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionReaderTest {
  private static final String ARMS =
      "\"arms\":[{\"key\":\"a\",\"payload\":1},{\"key\":\"b\",\"payload\":2}]";
  private static final String METRIC = "\"metric\":{\"key\":\"m\",\"kind\":\"binary\"}";

  private static Reading read(String fields) {
    String json = "{\"key\":\"e\"," + fields + "}";
    return DefinitionReader.read(
        StrictJson.read(json.getBytes(StandardCharsets.UTF_8), ExperimentDocument.class));
  }

  private static ExperimentDefinition valid(String fields) {
    return assertThat(read(fields))
        .asInstanceOf(InstanceOfAssertFactories.type(Reading.Valid.class))
        .actual()
        .definition();
  }

  private static List<Violation> violations(String fields) {
    return assertThat(read(fields))
        .asInstanceOf(InstanceOfAssertFactories.type(Reading.Invalid.class))
        .actual()
        .violations();
  }

  @Test
  void fillsInDefaultsThatAreSafe() {
    ExperimentDefinition definition = valid(ARMS + "," + METRIC);
    assertThat(definition.name()).isEqualTo("e");
    assertThat(definition.unit().name()).isEqualTo("user");
    assertThat(definition.controlIndex()).isZero();
    assertThat(definition.metric().prior()).isEqualTo(new BetaPrior(1, 1));
    assertThat(definition.allocation().policy()).isEqualTo(new TopTwoThompson(0.5));
    assertThat(definition.allocation().constraints().floor()).isEqualTo(0.05);
    assertThat(definition.rule().falseWinnerRate()).isEqualTo(0.05);
    assertThat(definition.attributionWindow()).isEqualTo(Duration.ofDays(7));
    assertThat(definition.slots().count()).isEqualTo(16);
  }

  @Test
  void writesWhatItReadsWithDefaultsSpelledOut() {
    for (String more :
        List.of(
            METRIC,
            METRIC + ",\"allocation\":{\"policy\":\"fixed\",\"weights\":{\"a\":0.25,\"b\":0.75}}",
            METRIC + ",\"allocation\":{\"policy\":\"top-two-thompson\",\"topTwoBeta\":0.7}",
            METRIC + ",\"allocation\":{\"controlShare\":0.2,\"burnInUnits\":50}",
            "\"metric\":{\"key\":\"m\",\"kind\":\"count\",\"smallestEffect\":0.1}",
            "\"metric\":{\"key\":\"m\",\"kind\":\"continuous\",\"direction\":\"decrease\","
                + "\"smallestEffect\":5}")) {
      ExperimentDefinition definition = valid(ARMS + "," + more);
      ExperimentDocument written = DefinitionWriter.write(definition);
      assertThat(DefinitionReader.read(written)).isEqualTo(new Reading.Valid(definition));
    }
  }

  @Test
  void readsPoliciesAndPriors() {
    assertThat(
            valid(ARMS + "," + METRIC + ",\"allocation\":{\"policy\":\"top-two-thompson\"}")
                .allocation()
                .policy())
        .isEqualTo(new TopTwoThompson(0.5));
    assertThat(
            valid(ARMS + "," + METRIC + ",\"allocation\":{\"policy\":\"fixed\"}")
                .allocation()
                .policy())
        .isEqualTo(FixedSplit.equal(2));
    assertThat(
            valid(
                    ARMS
                        + ",\"metric\":{\"key\":\"m\",\"kind\":\"continuous\",\"smallestEffect\":1,"
                        + "\"prior\":{\"type\":\"normal-inverse-gamma\",\"mean\":10,"
                        + "\"pseudoUnits\":2,\"shape\":3,\"scale\":4}}")
                .metric()
                .prior())
        .isEqualTo(new NormalInverseGammaPrior(10, 2, 3, 4));
  }

  @Test
  void namesEveryBrokenField() {
    assertThat(
            violations(
                "\"arms\":[{\"key\":\"a\"},{\"key\":\"b c\",\"payload\":1}],"
                    + "\"metric\":{\"key\":\"m\",\"kind\":\"binary\",\"smallestEffect\":2},"
                    + "\"attributionWindow\":\"week\",\"trafficShare\":0,\"slots\":17,"
                    + "\"exposure\":\"never\""))
        .extracting(Violation::field)
        .containsExactlyInAnyOrder(
            "arms[0].payload",
            "arms[1].key",
            "metric.smallestEffect",
            "attributionWindow",
            "trafficShare",
            "slots",
            "exposure");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"policy\":\"fixed\",\"weights\":{\"a\":0.5,\"b\":0.6}} | allocation.weights",
        "{\"policy\":\"fixed\",\"weights\":{\"a\":0.5,\"c\":0.5}} | allocation.weights.c",
        "{\"policy\":\"greedy\"} | allocation.policy",
        "{\"explorationFloor\":-0.1} | allocation.explorationFloor",
        "{\"explorationFloor\":0.7} | allocation",
        "{\"controlShare\":1} | allocation.controlShare",
        "{\"policy\":\"thompson\",\"topTwoBeta\":0.5} | allocation.topTwoBeta",
        "{\"weights\":{\"a\":1}} | allocation.weights",
        "{\"maximumStep\":0} | allocation.maximumStep",
        "{\"burnInUnits\":-1} | allocation.burnInUnits",
        "{\"refresh\":\"PT0S\"} | allocation.refresh"
      })
  void refusesAllocationsThatCannotBe(String allocation, String field) {
    assertThat(violations(ARMS + "," + METRIC + ",\"allocation\":" + allocation))
        .extracting(Violation::field)
        .contains(field);
  }

  @Test
  void refusesAPriorOfAnotherFamily() {
    assertThat(
            violations(
                ARMS
                    + ",\"metric\":{\"key\":\"m\",\"kind\":\"binary\",\"prior\":{\"type\":"
                    + "\"gamma\",\"shape\":1,\"rate\":1}}"))
        .extracting(Violation::field)
        .contains("metric.prior.type");
    assertThat(
            violations(
                ARMS
                    + ",\"metric\":{\"key\":\"m\",\"kind\":\"binary\",\"prior\":{\"type\":"
                    + "\"beta\",\"alpha\":0}}"))
        .extracting(Violation::field)
        .contains("metric.prior");
  }

  @Test
  void wantsAnEffectWhereNoDefaultMakesSense() {
    assertThat(violations(ARMS + ",\"metric\":{\"key\":\"m\",\"kind\":\"continuous\"}"))
        .extracting(Violation::field)
        .contains("metric.smallestEffect");
  }
}
