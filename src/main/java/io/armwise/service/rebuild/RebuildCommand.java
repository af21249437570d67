package io.armwise.service.rebuild;

import io.armwise.service.archive.ArchiveException;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.platform.CommandContext;
import io.armwise.service.platform.embedded.EmbeddedServerException;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.platform.problem.ProblemException;
import io.micronaut.context.exceptions.BeanContextException;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.apache.kafka.common.KafkaException;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code armwise rebuild}: proves that the live evidence follows from the log. */
@Command(
    name = "rebuild",
    description = {
      "Read the log again from its beginning and compare the outcome with the live evidence.",
      "Runs beside a running service or without one, and changes nothing unless --flip says so. The"
          + " exit status is 0 if all is equal or has been made so, 1 if anything differs, 2 if it"
          + " could not be compared."
    },
    mixinStandardHelpOptions = true)
public final class RebuildCommand implements Callable<Integer> {
  private static final int EQUAL = 0;
  private static final int DIFFERENT = 1;
  private static final int NOT_COMPARED = 2;

  @Option(
      names = "--experiment",
      paramLabel = "KEY",
      description = "Compare this experiment alone (default: all that have been started).")
  private @Nullable String experiment;

  @Option(
      names = "--allocations",
      paramLabel = "N",
      arity = "0..1",
      fallbackValue = "1000",
      defaultValue = "0",
      description =
          "Also derive the newest N allocation versions of each experiment again (without N:"
              + " ${FALLBACK-VALUE}).")
  private int allocations;

  @Option(
      names = "--as-of",
      paramLabel = "VERSION|TIME",
      description =
          "Derive one allocation version of the experiment again and nothing else: the one with"
              + " this number, or the newest at this time.")
  private @Nullable String asOf;

  @Option(
      names = "--from-archive",
      paramLabel = "DIR",
      description =
          "Read the log from this archive, and from the brokers only what is in none of its files.")
  private @Nullable Path archive;

  @Option(
      names = "--measure",
      paramLabel = "FILE",
      description =
          "Measure the experiment by this JSON instead: metric, metrics, attributionWindow, grace,"
              + " learnFrom, as in its definition; what is absent stays.")
  private @Nullable Path measure;

  @Option(
      names = "--flip",
      description =
          "Put what was rebuilt in the place of the live evidence, and let the learner go on from"
              + " it. Counting waits while the difference is written.")
  private boolean flip;

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of the service's data (default: ARMWISE_DATA or ./data).")
  private @Nullable Path data;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
    PrintWriter messages = line.getErr();
    if (!(allocations >= 0)) {
      messages.println("armwise: --allocations must be >= 0, got " + allocations);
      return NOT_COMPARED;
    }
    if ((asOf != null || measure != null) && experiment == null) {
      messages.println("armwise: --as-of and --measure need --experiment");
      return NOT_COMPARED;
    }
    if (asOf != null && (measure != null || flip)) {
      messages.println("armwise: --as-of goes with neither --measure nor --flip");
      return NOT_COMPARED;
    }
    try (CommandContext service = CommandContext.open(data, messages);
        Bar bar = new Bar()) {
      Rebuild rebuild = service.bean(Rebuild.class);
      RebuildReport report;
      if (asOf != null && experiment != null) {
        report = rebuild.runAsOf(experiment, Rebuild.AsOf.parse(asOf), archive, bar);
      } else {
        Rebuild.Request request =
            new Rebuild.Request(
                experiment, allocations, archive, measured(service.bean(ExperimentStore.class)));
        report = flip ? rebuild.replace(request, "command line", bar) : rebuild.run(request, bar);
      }
      bar.end();
      if (json) {
        line.getOut().println(StrictJson.write(report));
        line.getOut().flush();
      } else {
        ReportText.print(report, line.getOut());
      }
      return report.isEqual() || report.replaced() ? EQUAL : DIFFERENT;
    } catch (RebuildException
        | ArchiveException
        | EmbeddedServerException
        | ProblemException
        | IOException
        | IllegalArgumentException
        | BeanContextException
        | KafkaException
        | DataAccessException e) {
      messages.println("armwise: " + e.getMessage());
      return NOT_COMPARED;
    }
  }

  private @Nullable Measured measured(ExperimentStore experiments) throws IOException {
    if (measure == null || experiment == null) {
      return null;
    }
    Experiment current =
        experiments
            .find(experiment)
            .orElseThrow(
                () -> new IllegalArgumentException("there is no experiment '" + experiment + "'"));
    return Measured.of(current, Files.readString(measure));
  }

  /** A progress bar where somebody can see it. */
  private static final class Bar implements Rebuild.Progress, AutoCloseable {
    private @Nullable ProgressBar bar;

    @Override
    public void start(long records) {
      if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()) {
        bar =
            new ProgressBarBuilder()
                .setTaskName("Reading the log")
                .setInitialMax(records)
                .setUpdateIntervalMillis(200)
                .build();
      }
    }

    @Override
    public void advance(long records) {
      if (bar != null) {
        bar.stepBy(records);
      }
    }

    @Override
    public void close() {
      end();
    }

    void end() {
      if (bar != null) {
        bar.close();
        bar = null;
      }
    }
  }
}
