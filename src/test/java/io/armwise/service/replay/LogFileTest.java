package io.armwise.service.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.armwise.posterior.BetaPosterior;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFileTest {
  private static final String COUNTS = "experiment,arm,impressions,clicks\n";
  private static final String DECISIONS = "timestamp,item_id,position,click,propensity\n";

  @TempDir private Path folder;

  private List<LoggedExperiment> read(String text, int limit) throws IOException {
    return LogFile.read(Files.writeString(folder.resolve("log.csv"), text), "p-", limit);
  }

  @Test
  void readsCountsInTheOrderOfTheFile() throws IOException {
    List<LoggedExperiment> logged = read(COUNTS + "x,0,10,3\ny,0,5,0\nx,1,9,9\ny,1,7,1\n", 9);
    assertThat(logged)
        .containsExactly(
            new LoggedExperiment.Counts(
                "p-x", List.of(new LoggedArm("0", 10, 3), new LoggedArm("1", 9, 9))),
            new LoggedExperiment.Counts(
                "p-y", List.of(new LoggedArm("0", 5, 0), new LoggedArm("1", 7, 1))));
    assertThat(logged.getFirst().arms().getFirst().posterior()).isEqualTo(new BetaPosterior(4, 8));
  }

  @Test
  void keepsTheFirstExperimentsWholeUnderALimit() throws IOException {
    assertThat(read(COUNTS + "x,0,10,3\ny,0,5,0\nx,1,9,9\ny,1,7,1\n", 1))
        .containsExactly(
            new LoggedExperiment.Counts(
                "p-x", List.of(new LoggedArm("0", 10, 3), new LoggedArm("1", 9, 9))));
  }

  @Test
  void readsDecisionsWithTheirPropensities() throws IOException {
    String rows =
        "2019-11-24 00:01:03.979311+00:00,2,2,0,0.25\n2019-11-24 00:01:04+00:00,11,1,1,0.5\n";
    assertThat(read(DECISIONS + rows, 9))
        .containsExactly(
            new LoggedExperiment.Rows(
                "p-bandit",
                List.of(new LoggedArm("item-2", 1, 0), new LoggedArm("item-11", 1, 1)),
                List.of(
                    new LoggedExperiment.Row(
                        Instant.parse("2019-11-24T00:01:03.979311Z"), "item-2", 0.25, false),
                    new LoggedExperiment.Row(
                        Instant.parse("2019-11-24T00:01:04Z"), "item-11", 0.5, true))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "x,0,10,11; line 2, column 'clicks': must be at most the impressions, 10, got '11'",
        "x,0,-1,0; line 2, column 'impressions': must be a whole number from 0 to 10^12, got '-1'",
        "x,0,ten,0; line 2, column 'impressions': must be a whole number from 0 to 10^12, got"
            + " 'ten'",
        "x,0,1.5,0; line 2, column 'impressions': must be a whole number from 0 to 10^12, got"
            + " '1.5'",
        "x,0,NaN,0; line 2, column 'impressions': must be a whole number from 0 to 10^12, got"
            + " 'NaN'",
        "x,0,10; line 2, column 'clicks': must be one of 4 fields, as the header says, got '3"
            + " fields'",
        "x,0,10,1; line 2, column 'arm': must be one of at least two arms of its experiment, got"
            + " '0'"
      })
  void saysWhereAFileOfCountsIsWrong(String row, String message) {
    assertThatThrownBy(() -> read(COUNTS + row + "\n", 9))
        .isInstanceOf(BadFileException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "yesterday,1,1,0,0.5; column 'timestamp': must be a time with its offset",
        "2019-11-24 00:01:03+00:00,1,1,2,0.5; column 'click': must be 0 or 1, got '2'",
        "2019-11-24 00:01:03+00:00,1,1,0,0; column 'propensity': must be a number in (0, 1], got"
            + " '0'",
        "2019-11-24 00:01:03+00:00,1,1,0,NaN; column 'propensity': must be a number in (0, 1], got"
            + " 'NaN'"
      })
  void saysWhereALogOfDecisionsIsWrong(String row, String message) {
    assertThatThrownBy(() -> read(DECISIONS + row + "\n", 9))
        .isInstanceOf(BadFileException.class)
        .hasMessageStartingWith("line 2, ")
        .hasMessageContaining(message);
  }

  @Test
  void namesTheColumnThatIsMissing() {
    assertThatThrownBy(() -> read("experiment,arm,impressions\n", 9))
        .hasMessageStartingWith("line 1, column 'clicks': is missing");
  }
}
