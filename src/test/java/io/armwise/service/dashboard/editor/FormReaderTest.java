package io.armwise.service.dashboard.editor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.Participation;
import io.armwise.bandits.experiment.Participation.Prerequisite;
import io.armwise.bandits.experiment.Participation.QaList;
import io.armwise.bandits.experiment.Participation.RampStep;
import io.armwise.bandits.experiment.Violation;
import io.armwise.service.experiment.DefinitionReader;
import io.armwise.service.experiment.ExperimentDocument;
import io.armwise.service.platform.json.StrictJson;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormReaderTest {
  /** Says something in every part that the form shows, and in some that it does not. */
  private static final String WHOLE =
      """
      {"key": "whole", "name": "Whole", "unit": "user", "trafficShare": 0.5,
       "arms": [{"key": "a", "payload": 1}, {"key": "b", "payload": {"x": [true]}}],
       "metric": {"key": "bought", "kind": "binary", "smallestEffect": 0.01, "outcome": "order"},
       "metrics": [
         {"key": "refund", "role": "guardrail", "kind": "binary", "direction": "decrease",
          "smallestEffect": 0.002, "aggregation": "any"},
         {"key": "basket", "role": "secondary", "kind": "ratio", "smallestEffect": 0.5,
          "outcome": "revenue", "denominator": {"outcome": "order", "cap": 20}}],
       "allocation": {"policy": "top-two-thompson", "controlShare": 0.2},
       "participation": {
         "layer": {"key": "checkout", "from": 2501, "until": 7500},
         "targeting": {"expression": "age >= 18 && attributes.plan == 'pro'",
                       "attributes": {"age": "int"}},
         "overrides": {"b": ["tester", "last, first", "\\"quoted\\"", " spaced "]},
         "prerequisites": [{"experiment": "first", "arms": ["on"]}, {"experiment": "second"}],
         "ramp": [{"share": 0.25, "hold": "PT90M"}, {"share": 1, "hold": "P2D"}],
         "excludes": ["other"]}}
      """;

  private static ExperimentDefinition definition(String json) {
    ExperimentDocument document = StrictJson.stored(json, ExperimentDocument.class);
    return ((DefinitionReader.Reading.Valid) DefinitionReader.read(document)).definition();
  }

  private static FormReader.Reading read(DefinitionForm form) {
    ObjectNode base = (ObjectNode) StrictJson.tree(WHOLE);
    return FormReader.read(form, base);
  }

  private static DefinitionForm form() {
    return FormWriter.of(definition(WHOLE));
  }

  @Test
  void givesBackTheDefinitionThatItWasFilledWith() {
    FormReader.Reading reading = read(form());
    assertThat(reading.violations()).isEmpty();
    assertThat(reading.definition()).isEqualTo(definition(WHOLE));
  }

  @Test
  void leavesNothingOfAMetricThatIsRemoved() {
    ExperimentDefinition left = read(form().withoutMetric(0)).definition();
    assertThat(left).isNotNull();
    assertThat(left.measurement().sideMetrics())
        .isEqualTo(definition(WHOLE).measurement().sideMetrics().subList(1, 2));
  }

  @Test
  void forgetsWhatBelongedToAMetricUnderItsOldKey() {
    DefinitionForm renamed =
        form().with("metric.key", "paid").with(DefinitionForm.metric(0, "key"), "complaint");
    ExperimentDefinition definition = read(renamed).definition();
    assertThat(definition).isNotNull();
    assertThat(definition.metric().value().outcome()).isEqualTo("order");
    assertThat(definition.measurement().sideMetrics().getFirst().key()).isEqualTo("complaint");
    DefinitionForm blank = FormWriter.blank("me").with("metric.key", "first");
    ObjectNode base = JsonNodeFactory.instance.objectNode();
    base.putObject("metric").put("key", "zeroth").put("outcome", "zeroth");
    FormReader.Reading reading = FormReader.read(blank, base);
    assertThat(StrictJson.toTree(reading.document()).at("/metric/outcome").isMissingNode())
        .isTrue();
  }

  @Test
  void offersANewMetricAsAGuardrailAndAsksForItsKey() {
    assertThat(read(form().withMetric()).violations())
        .extracting(Violation::field)
        .containsExactly("metrics[2].key");
  }

  @Test
  void takesAwayWhoMayTakePartWhenItsFieldsAreEmptied() {
    DefinitionForm emptied =
        form().with(ParticipationFields.LAYER, "").with(ParticipationFields.EXPRESSION, "");
    ExperimentDefinition definition = read(emptied).definition();
    assertThat(definition).isNotNull();
    assertThat(definition.participation().layer()).isNull();
    assertThat(definition.participation().targeting()).isNull();
    assertThat(definition.participation().excludes()).containsExactly("other");
    assertThat(definition.participation().overrides()).hasSize(1);
  }

  @Test
  void readsARampAndListsAsPeopleWriteThem() {
    DefinitionForm typed =
        form()
            .with("trafficShare", "")
            .with(ParticipationLists.RAMP, "1 % for 2 hours,\n 10% : 1 day, 100 %")
            .with(ParticipationLists.OVERRIDES, "b: qa-1, qa 2\r\n\r\na: qa-3")
            .with(ParticipationLists.PREREQUISITES, "first: on, half\nsecond")
            .with(ParticipationLists.EXCLUDES, "other, another");
    ExperimentDefinition definition = read(typed).definition();
    assertThat(definition).isNotNull();
    Participation participation = definition.participation();
    assertThat(definition.trafficShare()).isEqualTo(0.01);
    assertThat(participation.ramp())
        .containsExactly(
            new RampStep(0.01, Duration.ofHours(2)),
            new RampStep(0.1, Duration.ofDays(1)),
            new RampStep(1, Duration.ofHours(1)));
    assertThat(participation.overrides())
        .containsExactlyInAnyOrder(
            QaList.of("b", List.of("qa-1", "qa 2")), QaList.of("a", List.of("qa-3")));
    assertThat(participation.prerequisites())
        .containsExactly(
            new Prerequisite("first", List.of("on", "half")),
            new Prerequisite("second", List.of()));
    assertThat(participation.excludes()).containsExactly("other", "another");
  }

  @Test
  void refusesANewRampThatBeginsBelowTheShareOfAllUnits() {
    DefinitionForm blank = FormWriter.blank("me").with(ParticipationLists.RAMP, "5 %, 100 %");
    assertThat(FormReader.read(blank, JsonNodeFactory.instance.objectNode()).violations())
        .filteredOn(violation -> violation.field().equals(ParticipationLists.RAMP))
        .extracting(Violation::rule)
        .singleElement()
        .asString()
        .startsWith("must not begin below the share of all units, 100 %");
  }

  @Test
  void saysWhereAConditionIsWrong() {
    DefinitionForm wrong = form().with(ParticipationFields.EXPRESSION, "age >= 18 && agee < 30");
    List<Violation> violations = read(wrong).violations();
    assertThat(violations).hasSize(1);
    assertThat(violations.getFirst().field()).isEqualTo(ParticipationFields.EXPRESSION);
    assertThat(violations.getFirst().rule())
        .startsWith("has an error at line 1, column 14: undeclared reference to 'agee'");
  }

  @ParameterizedTest
  @CsvSource({
    "participation.layer.from, 80 %, participation.layer",
    "participation.layer.until, 120 %, participation.layer",
    "participation.layer.until, half, participation.layer.until",
    "participation.ramp, slowly, participation.ramp",
    "participation.ramp, 5 % for long, participation.ramp",
    "participation.overrides, qa-1, participation.overrides",
    "participation.overrides, none: qa-1, participation.overrides.none",
    "participation.targeting.attributes, age, participation.targeting.attributes",
    "participation.targeting.attributes, age: whole, participation.targeting.attributes.age",
  })
  void namesTheFieldThatIsWrong(String field, String typed, String wrong) {
    assertThat(read(form().with(field, typed)).violations())
        .extracting(Violation::field)
        .contains(wrong);
  }
}
