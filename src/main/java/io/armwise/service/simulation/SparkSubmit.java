package io.armwise.service.simulation;

import io.armwise.simulations.suite.SuiteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Has a cluster run what is missing in a folder of results. Spark is no part of the service: its
 * own command starts the program, in a process of its own.
 */
final class SparkSubmit {
  private static final String PROGRAM = "io.armwise.simulations.spark.SparkSimulate";

  private final String command;
  private final Path jar;

  SparkSubmit(String command, Path jar) {
    this.command = command;
    this.jar = jar;
  }

  /**
   * Runs it to its end.
   *
   * @param results a folder that is prepared
   * @param shard {@code i/n}
   * @throws SuiteException if it cannot be started or fails
   */
  void run(Path results, String shard) throws InterruptedException {
    if (!Files.isRegularFile(jar)) {
      throw new SuiteException(
          jar + " must be there; build it with: mvn -pl simulations/spark -am package -DskipTests");
    }
    List<String> line = new ArrayList<>(List.of(command.strip().split("\\s+")));
    line.addAll(List.of("--class", PROGRAM, jar.toString(), results.toString(), shard));
    try {
      int exit = new ProcessBuilder(line).inheritIO().start().waitFor();
      if (exit != 0) {
        throw new SuiteException(
            "Spark failed with exit status " + exit + "; what it finished is kept for --resume");
      }
    } catch (IOException e) {
      throw new SuiteException(
          "'" + command + "' cannot be started, give another --spark-submit: " + e.getMessage(), e);
    }
  }
}
