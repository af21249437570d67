package io.armwise.service.simulation;

import io.armwise.service.platform.BuildVersion;
import io.armwise.simulations.suite.Manifest;
import io.armwise.simulations.suite.ResultFolder;
import io.armwise.simulations.suite.Suite;
import io.armwise.simulations.suite.SuiteException;
import io.armwise.simulations.suite.SuiteFile;
import io.armwise.simulations.suite.SuiteRun;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code armwise simulate}: runs a suite of simulated experiments. */
@Command(
    name = "simulate",
    description = {
      "Run a suite of simulated experiments and write tables and a report.",
      "The same suite and seed give the same bytes, whatever the workers, shards and interruptions."
    },
    mixinStandardHelpOptions = true)
public final class SimulateCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "SUITE", description = "The suite, a YAML file.")
  private Path suite = Path.of("");

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "DIR",
      description = "Folder for the results.")
  private Path out = Path.of("");

  @Option(names = "--seed", paramLabel = "N", description = "Another master seed.")
  private @Nullable Long seed;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Threads (default: one per processor).")
  private int workers = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = "threads, in this process (default), or spark, on a cluster.")
  private Engine engine = Engine.THREADS;

  @Option(
      names = "--spark-submit",
      paramLabel = "COMMAND",
      description =
          "How to submit to the cluster, such as 'spark-submit --master spark://host:7077'"
              + " (default: spark-submit).")
  private String sparkSubmit = "spark-submit";

  @Option(
      names = "--spark-jar",
      paramLabel = "JAR",
      description =
          "The program for the cluster (default: simulations/spark/target/armwise-spark.jar).")
  private Path sparkJar = Path.of("simulations", "spark", "target", "armwise-spark.jar");

  @Option(
      names = "--shard",
      paramLabel = "i/n",
      description = "Run only the i-th of n parts; join them with merge.")
  private String shard = "1/1";

  @Option(names = "--resume", description = "Go on where an earlier run stopped.")
  private boolean resume;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change a value, such as replications=100 or schedule.days=14.")
  private Map<String, String> changes = new LinkedHashMap<>();

  @Option(names = "--dry-run", description = "Check the suite, list its cells and stop.")
  private boolean dryRun;

  @Spec private @Nullable CommandSpec spec;

  /** Who runs the simulated experiments. */
  private enum Engine {
    THREADS,
    SPARK
  }

  @Override
  public Integer call() throws InterruptedException {
    CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
    if (seed != null) {
      changes.put("seed", Long.toString(seed));
    }
    if (!(workers >= 1)) {
      line.getErr().println("armwise: --workers must be >= 1, got " + workers);
      return 2;
    }
    try {
      SuiteRun.Shard part = SuiteRun.Shard.parse(shard);
      SuiteFile file = SuiteFile.read(suite, changes);
      describe(file.suite(), line.getOut());
      return dryRun ? 0 : run(file, part, line);
    } catch (SuiteException | IllegalArgumentException e) {
      line.getErr().println("armwise: " + e.getMessage());
      return 2;
    }
  }

  private void describe(Suite read, PrintWriter screen) {
    screen.printf(
        "%s: %d cells, %d replications each, seed %d%n",
        read.name(), read.cells().size(), read.replications(), read.seed());
    if (dryRun) {
      read.cells()
          .forEach(
              cell ->
                  screen.printf(
                      "  %s · %s · %d days%n", cell.world(), cell.policy(), cell.horizon()));
    }
    screen.flush();
  }

  private Integer run(SuiteFile file, SuiteRun.Shard part, CommandLine line)
      throws InterruptedException {
    ResultFolder results = ResultFolder.prepare(out, file, resume);
    SuiteRun run = new SuiteRun(results, part);
    Manifest.write(results, BuildVersion.current());
    switch (engine) {
      case THREADS -> onThreads(run);
      case SPARK -> new SparkSubmit(sparkSubmit, sparkJar).run(results.path(), shard);
    }
    if (results.isComplete()) {
      line.getOut().println("Report: " + Reports.write(results));
    } else {
      line.getOut().println("This part is done. Join the parts with: armwise merge");
    }
    return 0;
  }

  private void onThreads(SuiteRun run) throws InterruptedException {
    if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isEmpty()) {
      run.run(workers, done -> {});
      return;
    }
    int blocks = run.blocks().size();
    try (ProgressBar bar =
        new ProgressBarBuilder().setTaskName("blocks").setInitialMax(blocks).build()) {
      run.run(workers, bar::stepBy);
    }
  }
}
