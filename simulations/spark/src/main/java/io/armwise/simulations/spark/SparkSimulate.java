package io.armwise.simulations.spark;

import io.armwise.simulations.suite.ResultFolder;
import io.armwise.simulations.suite.SuiteRun;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What {@code spark-submit} starts: fills a folder of results that {@code armwise simulate --engine
 * spark} has prepared.
 */
public final class SparkSimulate {
  private SparkSimulate() {}

  /** Takes the folder and, if not all of it is to be run, a shard as {@code i/n}. */
  public static void main(String[] arguments) {
    if (!(arguments.length >= 1 && arguments.length <= 2)) {
      throw new IllegalArgumentException(
          "arguments must be a folder of results and, at most, a shard i/n, got "
              + String.join(" ", arguments));
    }
    ResultFolder folder = ResultFolder.open(Path.of(arguments[0]));
    SuiteRun.Shard shard =
        arguments.length == 2 ? SuiteRun.Shard.parse(arguments[1]) : SuiteRun.Shard.ALL;
    SparkConf conf =
        new SparkConf()
            .setIfMissing("spark.app.name", "armwise " + folder.suite().suite().name())
            .setIfMissing("spark.ui.showConsoleProgress", "true");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      new SparkEngine(new SuiteRun(folder, shard)).run(spark);
    }
  }
}
