package io.armwise.simulations.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.armwise.simulations.report.HtmlReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of the results depend on the suite and on nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SuiteRunTest {
  private static final String SUITE =
      """
      name: small
      seed: 3
      replications: 600
      schedule: { days: 6, decisionsPerDay: 50 }
      horizons: [3, 6]
      worlds:
        - { name: equal, means: [0.3, 0.3] }
        - { name: unequal, means: [0.3, 0.6] }
      policies:
        - { type: fixed }
        - { type: epsilon-greedy, epsilon: 0.2 }
      rules:
        - { type: peek-at-significance }
        - { type: fixed-horizon }
      """;
  private static final List<String> TABLES =
      List.of("results.csv", "summary.csv", "curves.csv", "calibration.csv", "results.parquet");

  @TempDir private static Path folder = Path.of("");
  private List<String> expected = List.of();

  @BeforeAll
  void runOnOneThread() throws Exception {
    Files.writeString(folder.resolve("small.yaml"), SUITE);
    expected = tables(run("one", 1, SuiteRun.Shard.ALL));
  }

  private SuiteFile suite() {
    return SuiteFile.read(folder.resolve("small.yaml"), Map.of());
  }

  private ResultFolder run(String name, int workers, SuiteRun.Shard shard)
      throws InterruptedException {
    ResultFolder results = ResultFolder.prepare(folder.resolve(name), suite(), true);
    new SuiteRun(results, shard).run(workers, done -> {});
    return results;
  }

  private static List<String> tables(ResultFolder results) throws IOException {
    Reduction.write(results);
    List<String> texts = new ArrayList<>();
    for (String table : TABLES) {
      texts.add(Files.readString(results.path().resolve(table), StandardCharsets.ISO_8859_1));
    }
    return texts;
  }

  /** Read by DuckDB, which shares no code with the writer. */
  @Test
  void theParquetTableSaysWhatTheTextSays() throws Exception {
    Path results = folder.resolve("one");
    String all =
        "select count(*), sum(days), count(distinct world || policy || rule), sum(replication),"
            + " sum(total_regret), sum(best_share), count(distinct ending), sum(stop_day),"
            + " sum(arm), sum(false_winner::int), sum(correct::int), sum(simple_regret),"
            + " sum(probability), sum(expected_loss), sum(estimate), sum(effect),"
            + " sum(regret_at_stop) from '";
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        Statement other = connection.createStatement();
        ResultSet text = statement.executeQuery(all + results.resolve("results.csv") + "'");
        ResultSet binary = other.executeQuery(all + results.resolve("results.parquet") + "'")) {
      assertThat(text.next()).isTrue();
      assertThat(binary.next()).isTrue();
      for (int i = 1; i <= 17; i++) {
        double expected = text.getDouble(i);
        // Two threads may add in another order.
        assertThat(binary.getDouble(i)).isCloseTo(expected, within(1e-9 * Math.abs(expected)));
      }
      assertThat(text.getLong(1)).isEqualTo(8 * 600 * 3);
    }
  }

  @Test
  void eightWorkersGiveTheBytesOfOne() throws Exception {
    assertThat(tables(run("eight", 8, SuiteRun.Shard.ALL))).isEqualTo(expected);
  }

  @Test
  void mergedShardsGiveTheBytesOfOneRun() throws Exception {
    List<ResultFolder> shards = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      shards.add(run("shard" + i, 1, new SuiteRun.Shard(i, 3)));
    }
    assertThat(shards).noneMatch(ResultFolder::isComplete);
    ResultFolder merged =
        ResultFolder.prepare(folder.resolve("merged"), shards.getFirst().suite(), false);
    shards.forEach(merged::adopt);
    assertThat(merged.isComplete()).isTrue();
    assertThat(tables(merged)).isEqualTo(expected);
  }

  @Test
  void aKilledRunIsResumedToTheSameBytes() throws Exception {
    Path results = folder.resolve("killed");
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                SuiteProcess.class.getName(),
                folder.resolve("small.yaml").toString(),
                results.toString())
            .inheritIO()
            .start();
    while (process.isAlive() && parts(results) < 3) {
      Thread.sleep(5);
    }
    process.destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(parts(results)).isPositive();
    ResultFolder resumed = ResultFolder.prepare(results, suite(), true);
    SuiteRun rest = new SuiteRun(resumed, SuiteRun.Shard.ALL);
    AtomicInteger done = new AtomicInteger();
    int missing = rest.blocks().size();
    rest.run(2, done::addAndGet);
    assertThat(done).hasValue(missing);
    assertThat(tables(resumed)).isEqualTo(expected);
  }

  private static long parts(Path results) throws IOException {
    if (!Files.exists(results.resolve("parts"))) {
      return 0;
    }
    try (Stream<Path> files = Files.list(results.resolve("parts"))) {
      return files.filter(file -> file.toString().endsWith(".csv")).count();
    }
  }

  @Test
  void resultsAreNeverMixedWithThoseOfAnotherSeed() {
    SuiteFile other = SuiteFile.read(folder.resolve("small.yaml"), Map.of("seed", "4"));
    assertThatExceptionOfType(SuiteException.class)
        .isThrownBy(() -> ResultFolder.prepare(folder.resolve("one"), other, true))
        .withMessageContaining("another suite or seed");
    assertThatExceptionOfType(SuiteException.class)
        .isThrownBy(() -> ResultFolder.prepare(folder.resolve("one"), suite(), false))
        .withMessageContaining("--resume");
  }

  @Test
  void anotherPolicyChangesNothingForTheOthers() throws Exception {
    SuiteFile more =
        SuiteFile.parse("more", SUITE.replace("rules:\n", "  - { type: ucb1 }\nrules:\n"));
    ResultFolder results = ResultFolder.prepare(folder.resolve("more"), more, false);
    new SuiteRun(results, SuiteRun.Shard.ALL).run(2, done -> {});
    List<String> rows =
        tables(results).getFirst().lines().filter(row -> !row.contains("ucb1")).toList();
    assertThat(rows).isEqualTo(expected.getFirst().lines().toList());
  }

  @Test
  void tablesSayWhatIsTrue() throws Exception {
    List<String> summary = expected.get(1).lines().toList();
    assertThat(summary)
        .contains("equal,fixed,6,,regret,0.0,0.0,600")
        .anyMatch(row -> row.matches("unequal,fixed,6,fixed-horizon,correct winner,(1.0|0.99).*"));
    assertThat(expected.getFirst().lines().count()).isEqualTo(1 + 8 * 600 * 3);
  }

  @Test
  void theReportIsOnePageThatNeedsNothingElse() {
    ResultFolder results = ResultFolder.open(folder.resolve("one"));
    String page = HtmlReport.of(results.suite().suite(), Reduction.write(results));
    assertThat(page)
        .contains("<svg", "prefers-color-scheme: dark", "unequal", "peek-at-significance")
        .doesNotContain("http://", "https://", "<script", "src=", "NaN");
  }
}
