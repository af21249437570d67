package io.armwise.service.replay;

import io.armwise.service.platform.RunningService;
import io.armwise.service.platform.ServeCommand;
import io.armwise.service.platform.embedded.DataFolder;
import io.armwise.service.platform.embedded.EmbeddedServerException;
import io.armwise.service.replay.ServiceApi.ServiceException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code armwise demo}: the service with experiments and visitors to look at. */
@Command(
    name = "demo",
    description = {
      "Run the service with some experiments and made-up visitors.",
      "The visitors come through the public API; what you see is what the service learns from"
          + " them. Verdicts of different kinds appear within a few minutes."
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder for data (default: the folder demo below ARMWISE_DATA or ./data).")
  private @Nullable Path data;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Port to listen at, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "End after so many seconds (default: run until Ctrl-C).")
  private @Nullable Integer seconds;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
    if (seconds != null && seconds < 1) {
      throw new CommandLine.ParameterException(line, "--seconds must be >= 1, got " + seconds);
    }
    PrintWriter messages = line.getErr();
    RunningService service;
    try {
      service = start(messages);
    } catch (EmbeddedServerException | IllegalArgumentException e) {
      messages.println("armwise: " + e.getMessage());
      return 1;
    }
    ServeCommand.stopWithTheProcess(service, messages);
    try {
      String key =
          RunningService.adminKey(service.dataFolder())
              .orElseThrow(
                  () ->
                      new ServiceException(
                          "There is no admin-key in " + service.dataFolder() + "."));
      Instant begin = Instant.now();
      List<DemoExperiment> experiments = DemoExperiment.all();
      DemoTraffic traffic =
          new DemoTraffic(
              new ServiceApi(service.address(), key),
              experiments,
              "visitor-" + begin.toEpochMilli(),
              begin.toEpochMilli());
      traffic.createExperiments();
      ServeCommand.announce(service, line.getOut());
      line.getOut().println();
      for (DemoExperiment experiment : experiments) {
        line.getOut()
            .printf(
                "  %-24s %s%n",
                experiment.key(), experiment.definition().getOrDefault("hypothesis", ""));
      }
      line.getOut().flush();
      Instant end = seconds == null ? Instant.MAX : begin.plusSeconds(seconds);
      traffic.drive(() -> Instant.now().isBefore(end));
      return 0;
    } catch (ServiceException e) {
      messages.println("armwise: " + e.getMessage());
      return 1;
    }
  }

  private RunningService start(PrintWriter messages) {
    Path folder = data != null ? data : DataFolder.chosen(null, System.getenv()).resolve("demo");
    return RunningService.start(
        new RunningService.Options(folder, "127.0.0.1", port, System.getenv()),
        step -> messages.println("· " + step));
  }
}
