package io.armwise.simulations.suite;

import java.nio.file.Path;
import java.util.Map;

/** Runs a suite in a process of its own, to be killed. */
final class SuiteProcess {
  private SuiteProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    SuiteFile suite = SuiteFile.read(Path.of(arguments[0]), Map.of());
    ResultFolder folder = ResultFolder.prepare(Path.of(arguments[1]), suite, true);
    new SuiteRun(folder, SuiteRun.Shard.ALL).run(1, done -> {});
  }
}
