package io.armwise.service.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.service.dashboard.ExperimentPage.Setting;
import io.armwise.service.experiment.DefinitionReader;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentDocument;
import io.armwise.service.platform.json.StrictJson;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final String WHOLE =
      """
      {"key": "whole", "unit": "user", "learnFrom": "matured",
       "arms": [{"key": "a", "payload": 1}, {"key": "b", "payload": 2}],
       "metric": {"key": "bought", "kind": "binary"},
       "allocation": {"policy": "thompson", "controlShare": 0.2},
       "participation": {
         "overrides": {"b": ["tester", "another"]},
         "prerequisites": [{"experiment": "first", "arms": ["on", "half"]},
                           {"experiment": "second"}],
         "ramp": [{"share": 0.25, "hold": "PT90M"}, {"share": 1, "hold": "P2D"}],
         "excludes": ["other"]}}
      """;

  @Test
  void saysWhoTakesPartAndHowTheTrafficRises() {
    assertThat(settings())
        .contains(
            new Setting("Traffic ramp", "25.0\u00a0% for 90 minutes, 100.0\u00a0% for 2 days"),
            new Setting("Only units that take part in", "first with on or half, second"),
            new Setting("Without units that may take part in", "other"),
            new Setting("Learned from", "units whose attribution window has closed"));
  }

  @Test
  void saysWhatIsBelievedBeforeAnyDataAndWhatIsKeptForTheControl() {
    assertThat(settings())
        .anySatisfy(
            setting -> {
              assertThat(setting.name()).isEqualTo("Prior");
              assertThat(setting.value()).startsWith("The prior is worth 2 units per arm");
            })
        .anySatisfy(setting -> assertThat(setting.value()).contains("20.0\u00a0% for the control"));
  }

  /** A shared report shows the settings, too. */
  @Test
  void countsTheUnitsForTestingAndNamesNone() {
    assertThat(settings())
        .contains(new Setting("Units for testing, no evidence", "b: 2\u00a0units"))
        .noneSatisfy(setting -> assertThat(setting.value()).contains("tester"));
  }

  private static List<Setting> settings() {
    ExperimentDocument document = StrictJson.stored(WHOLE, ExperimentDocument.class);
    ExperimentDefinition definition =
        ((DefinitionReader.Reading.Valid) DefinitionReader.read(document)).definition();
    return Settings.of(
        new Experiment(
            1,
            ExperimentStatus.DRAFT,
            1,
            document,
            definition,
            Instant.EPOCH,
            Instant.EPOCH,
            null,
            null,
            null));
  }
}
