package io.armwise.simulations.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.armwise.simulations.world.LogRows;
import io.armwise.simulations.world.Means;
import io.armwise.simulations.world.Visitors;
import io.armwise.simulations.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuiteFileTest {
  private static final String SUITE =
      """
      name: s
      replications: 10
      schedule: { days: 7, decisionsPerDay: 100 }
      worlds:
        - name: w
          means: [0.1, 0.2]
      policies:
        - type: thompson
          floor: 0.01
      rules:
        - type: anytime
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "replications | replicatons | line 2: unknown key 'replicatons' in the suite; did you mean"
            + " 'replications'?",
        "floor | flor | line 9: unknown key 'flor' in an item of 'policies'; did you mean 'floor'?",
        "means: [0.1, 0.2] | means: [0.1, high] | line 6: 'means' of an item of 'worlds' must be a"
            + " number, got 'high'",
        "means: [0.1, 0.2] | means: [0.1, 1.2] | means must fit",
        "type: anytime | type: anitime | must be one of fixed-horizon",
        "floor: 0.01 | floor: 0.6 | line 8",
        "name: s | {{ | is not valid YAML",
        "name: s | name: s~name: t | line 2: key 'name' is there twice",
        "replications: 10 | replications: 1.5 | must be a whole number",
        "days: 7 | days: 7, week: [1, 2] | a week must have seven days, got 2",
        "days: 7 | days: 7, week: [1, 1, 1, 1, 1, 0, 1] | must be in (0, 1000]",
        "name: w | 'name: w~    lifetimes: [{ arm: 2, from: 3 }]' | 'arm' of an item of 'lifetimes'"
            + " must be below 2, got '2'",
        "name: w | 'name: w~    lifetimes: [{ arm: 1, from: 3 }]' | at least two arms must be in"
            + " every day, got 1 on day 1",
        "name: w | 'name: w~    lifetimes: [{ arm: 0, until: 3 }]' | since the control stays",
        "name: w | 'name: w~    visitors: { units: 0 }' | units must be in [1, 10^7], got 0",
        "name: w | 'name: w~    visitors: { units: 9, sticky: maybe }' | must be true or false",
        "'means: [0.1, 0.2]' | 'means: { type: replay, arms: 2, rows: 0:1:0.5 1:2:0.5 }' | a row"
            + " must be arm:outcome:propensity, got 1:2:0.5",
        "days: 7 | days: 0 | days must be in",
        "  - type: anytime | '' | at least one item"
      })
  void saysWhatIsWrongAndWhere(String old, String fresh, String message) {
    String text = SUITE.replace(old, fresh.replace('~', '\n'));
    assertThat(text).isNotEqualTo(SUITE);
    assertThatExceptionOfType(SuiteException.class)
        .isThrownBy(() -> SuiteFile.parse("s.yaml", text))
        .withMessageContaining(message);
  }

  @Test
  void itsTextReadsBackAsTheSameSuite() {
    SuiteFile file = SuiteFile.parse("s.yaml", SUITE);
    SuiteFile again = SuiteFile.parse("suite.json", file.text());
    assertThat(again.suite()).isEqualTo(file.suite());
    assertThat(again.hash()).isEqualTo(file.hash());
  }

  @Test
  void valuesAreChangedByDottedKeys(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("s.yaml"), SUITE);
    Suite suite =
        SuiteFile.read(
                file,
                Map.of("replications", "20", "schedule.days", "3", "worlds.0.means", "[0.5, 0.6]"))
            .suite();
    assertThat(suite.replications()).isEqualTo(20);
    assertThat(suite.cells().getFirst().horizon()).isEqualTo(3);
    assertThat(suite.cells().getFirst().design().world().means())
        .isEqualTo(new Means.Fixed(List.of(0.5, 0.6)));
    assertThatExceptionOfType(SuiteException.class)
        .isThrownBy(() -> SuiteFile.read(file, Map.of("worlds.7.means", "1")))
        .withMessageContaining("index below 1");
    assertThatExceptionOfType(SuiteException.class)
        .isThrownBy(() -> SuiteFile.read(file, Map.of("replication", "1")))
        .withMessageContaining("did you mean 'replications'?");
  }

  @Test
  void logsAreWrittenOut(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("log.csv"),
        "experiment,arm,impressions,clicks\na,0,100,10\na,1,100,20\nb,0,10,1\n");
    Path file =
        Files.writeString(
            folder.resolve("s.yaml"),
            SUITE.replace("[0.1, 0.2]", "{ type: log, file: log.csv, arms: 2 }"));
    SuiteFile read = SuiteFile.read(file, Map.of());
    assertThat(read.suite().cells().getFirst().design().world().means())
        .isEqualTo(new Means.FromLog("log.csv", List.of(List.of(0.1, 0.2))));
    assertThat(SuiteFile.parse("suite.json", read.text()).suite()).isEqualTo(read.suite());
  }

  /** Item 8 was played most, so it is arm 0; item 9 is not among the two that are kept. */
  @Test
  void rowsOfALogAreReplayedInTheirOrder(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("log.csv"),
        "item_id,click,propensity\n7,1,0.5\n8,0,0.25\n9,1,0.5\n8,1,0.5\n8,1,0.5\n7,0,0.5\n");
    Path file =
        Files.writeString(
            folder.resolve("s.yaml"),
            SUITE.replace("[0.1, 0.2]", "{ type: replay, file: log.csv, arms: 2 }"));
    SuiteFile read = SuiteFile.read(file, Map.of());
    assertThat(read.suite().cells().getFirst().design().world())
        .isEqualTo(
            World.replayed(
                LogRows.parse("1:1:0.5 0:0:0.25 0:1:0.5 0:1:0.5 1:0:0.5"), /* arms= */ 2));
    assertThat(SuiteFile.parse("suite.json", read.text()).suite()).isEqualTo(read.suite());
    Path tooMany =
        Files.writeString(
            folder.resolve("t.yaml"),
            SUITE.replace("[0.1, 0.2]", "{ type: replay, file: log.csv, arms: 4 }"));
    assertThatExceptionOfType(SuiteException.class)
        .isThrownBy(() -> SuiteFile.read(tooMany, Map.of()))
        .withMessageContaining("a log must have 4 arms, got 3");
  }

  @Test
  void armsComeAndGoAndUnitsReturnAsTheSuiteSays() {
    World world =
        SuiteFile.parse(
                "s.yaml",
                SUITE.replace(
                    "means: [0.1, 0.2]",
                    """
                    means: [0.1, 0.2, 0.3]
                        lifetimes: [{ arm: 2, from: 3 }, { arm: 1, until: 5 }]
                        visitors: { units: 900, sticky: true }\
                    """))
            .suite()
            .cells()
            .getFirst()
            .design()
            .world();
    assertThat(world.visitors()).isEqualTo(new Visitors.Returning(900, true));
    assertThat(world.lifetimes().isIn(2, 1)).isFalse();
    assertThat(world.lifetimes().isIn(2, 2)).isTrue();
    assertThat(world.lifetimes().isIn(1, 4)).isTrue();
    assertThat(world.lifetimes().isIn(1, 5)).isFalse();
  }

  /** Two rows of item 7: a click at propensity 1/2 weighs 2, none at 1/4 weighs 4: 2/6. */
  @Test
  void propensitiesUndoTheLogsOwnPolicy(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("log.csv"),
        "item_id,click,propensity\n7,1,0.5\n7,0,0.25\n8,1,0.5\n8,1,0.5\n9,0,0.5\n");
    Path file =
        Files.writeString(
            folder.resolve("s.yaml"),
            SUITE.replace("[0.1, 0.2]", "{ type: log, file: log.csv, arms: 2 }"));
    assertThat(SuiteFile.read(file, Map.of()).suite().cells().getFirst().design().world().means())
        .isEqualTo(new Means.FromLog("log.csv", List.of(List.of(2 / 6.0, 1.0))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quick.yaml",
        "error-rates.yaml",
        "thompson-vs-the-rest.yaml",
        "delay-and-drift.yaml"
      })
  void shippedSuitesAreSuites(String name) {
    assertThat(SuiteFile.read(Path.of("suites", name), Map.of()).suite().cells()).isNotEmpty();
  }

  @Test
  void namesCannotBecomeFormulasInATable() {
    assertThat(Csv.cell("=1+1")).isEqualTo("'=1+1");
    assertThat(Csv.cell("a,\"b\"")).isEqualTo("\"a,\"\"b\"\"\"");
  }
}
