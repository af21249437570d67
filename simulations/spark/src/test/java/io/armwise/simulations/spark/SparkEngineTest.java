package io.armwise.simulations.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.simulations.suite.Reduction;
import io.armwise.simulations.suite.ResultFolder;
import io.armwise.simulations.suite.SuiteFile;
import io.armwise.simulations.suite.SuiteRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a suite is run changes no byte of its results. */
class SparkEngineTest {
  private static final String SUITE =
      """
      name: small
      seed: 3
      replications: 600
      schedule: { days: 6, decisionsPerDay: 50 }
      worlds:
        - { name: equal, means: [0.3, 0.3] }
        - { name: unequal, means: [0.3, 0.6] }
      policies:
        - { type: fixed }
        - { type: thompson, floor: 0.05 }
      rules:
        - { type: anytime }
        - { type: product-verdict }
      """;

  /** Executors of local masters share this process. */
  private static final AtomicInteger FAILURES = new AtomicInteger();

  @TempDir private Path folder = Path.of("");

  private ResultFolder prepared(String name) throws IOException {
    Path suite = folder.resolve("small.yaml");
    Files.writeString(suite, SUITE);
    return ResultFolder.prepare(folder.resolve(name), SuiteFile.read(suite, Map.of()), true);
  }

  private static Map<String, String> bytes(ResultFolder results) throws IOException {
    Reduction.write(results);
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(results.path())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(
            results.path().relativize(file).toString(),
            Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return texts;
  }

  @Test
  void givesTheBytesOfTheThreadPoolThoughATaskFails() throws Exception {
    ResultFolder onThreads = prepared("threads");
    new SuiteRun(onThreads, SuiteRun.Shard.ALL).run(2, done -> {});

    ResultFolder onSpark = prepared("spark");
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2,4]")
            .setAppName("test")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "localhost")
            .set("spark.driver.bindAddress", "127.0.0.1");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      SuiteRun half = new SuiteRun(onSpark, new SuiteRun.Shard(1, 2));
      new SparkEngine(half).run(spark);
      assertThat(onSpark.isComplete()).isFalse();

      SuiteRun rest = new SuiteRun(onSpark, SuiteRun.Shard.ALL);
      int index = rest.blocks().getFirst().index();
      new SparkEngine(
              rest,
              (suite, block) -> {
                if (block.index() == index && TaskContext.get().attemptNumber() == 0) {
                  FAILURES.incrementAndGet();
                  throw new IllegalStateException("injected");
                }
                return SuiteRun.simulate(suite, block);
              })
          .run(spark);
    }

    assertThat(FAILURES).hasPositiveValue();
    assertThat(onSpark.isComplete()).isTrue();
    assertThat(bytes(onSpark)).hasSizeGreaterThan(12).isEqualTo(bytes(onThreads));
  }
}
