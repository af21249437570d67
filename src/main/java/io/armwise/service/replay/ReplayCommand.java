package io.armwise.service.replay;

import io.armwise.service.platform.RunningService;
import io.armwise.service.platform.embedded.DataFolder;
import io.armwise.service.platform.embedded.EmbeddedServerException;
import io.armwise.service.replay.ServiceApi.ServiceException;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code armwise replay}: logged data through the running service's public API. */
@Command(
    name = "replay",
    description = {
      "Send logged data through the service and hold its posteriors against the counts.",
      "FILE is a CSV with the columns experiment, arm, impressions and clicks, or with timestamp,"
          + " item_id, click and propensity. It is checked whole before anything is sent.",
      "The service is the one at --url, or the one that runs on the data folder; where none runs,"
          + " it is started for the time of the replay."
    },
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:all posteriors are equal to those of the counts",
      "1:a posterior differs, or the service failed",
      "2:the file or the command line is wrong"
    },
    mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
  private enum Mode {
    LOG,
    LIVE
  }

  private enum Unit {
    REQUEST,
    USER
  }

  @Parameters(paramLabel = "FILE", description = "The logged data.")
  private @Nullable Path file;

  @Option(names = "--url", description = "Address of the service.")
  private @Nullable URI url;

  @Option(names = "--key", description = "An administrator's API key, with --url.")
  private @Nullable String key;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder for data (default: ARMWISE_DATA or ./data).")
  private @Nullable Path data;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "At most so many experiments, or rows of one bandit's log (default: all; live: 1).")
  private @Nullable Integer limit;

  @Option(
      names = "--mode",
      defaultValue = "log",
      description =
          "log: send what was logged. live: let the service decide for visitors who click at the"
              + " logged rates (default: ${DEFAULT-VALUE}).")
  private Mode mode = Mode.LOG;

  @Option(
      names = "--unit",
      defaultValue = "request",
      description = "What is randomised: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Unit unit = Unit.REQUEST;

  @Option(
      names = "--prefix",
      defaultValue = "replay-",
      description = "What the experiments' keys begin with (default: ${DEFAULT-VALUE}).")
  private String prefix = "replay-";

  @Option(
      names = "--visitors",
      paramLabel = "N",
      defaultValue = "20000",
      description = "live: visitors per experiment (default: ${DEFAULT-VALUE}).")
  private int visitors;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "1000",
      description = "live: visitors per second (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "live: seed of the visitors' clicks (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
    PrintWriter messages = line.getErr();
    List<LoggedExperiment> experiments;
    try {
      experiments = LogFile.read(checkedFile(line), prefix, limit());
    } catch (BadFileException e) {
      messages.println("armwise: " + file + ", " + e.getMessage());
      return 2;
    } catch (IOException e) {
      messages.println("armwise: " + file + " cannot be read: " + e);
      return 2;
    }
    try {
      return url == null ? onDataFolder(experiments, line) : at(url, experiments, line);
    } catch (ServiceException | EmbeddedServerException | IllegalArgumentException e) {
      messages.println("armwise: " + e.getMessage());
      return 1;
    }
  }

  private Path checkedFile(CommandLine line) {
    if (limit != null && limit < 1) {
      throw wrongUsage(line, "--limit must be >= 1, got " + limit);
    }
    if (visitors < 1 || rate < 1) {
      throw wrongUsage(
          line, "--visitors and --rate must be >= 1, got " + visitors + " and " + rate);
    }
    if (url != null && key == null) {
      throw wrongUsage(line, "--url needs --key");
    }
    if (file == null) {
      throw wrongUsage(line, "FILE is missing");
    }
    return file;
  }

  private static CommandLine.ParameterException wrongUsage(CommandLine line, String message) {
    return new CommandLine.ParameterException(line, message);
  }

  private int limit() {
    return limit == null ? Integer.MAX_VALUE : limit;
  }

  private int onDataFolder(List<LoggedExperiment> experiments, CommandLine line) {
    Path folder = DataFolder.chosen(data, System.getenv());
    Optional<URI> address = RunningService.lastAddress(folder).filter(ServiceApi::answers);
    if (address.isPresent()) {
      line.getErr().println("· Using the service at " + address.get());
      return replay(experiments, address.get(), keyIn(folder), line);
    }
    line.getErr().println("· No service runs on " + folder + "; starting one for this replay");
    line.getErr().flush();
    try (RunningService service =
        RunningService.start(
            new RunningService.Options(folder, "127.0.0.1", 0, System.getenv()),
            step -> line.getErr().println("· " + step))) {
      return replay(experiments, service.address(), keyIn(folder), line);
    }
  }

  private String keyIn(Path folder) {
    if (key != null) {
      return key;
    }
    return RunningService.adminKey(folder)
        .orElseThrow(
            () -> new ServiceException("There is no admin-key in " + folder + "; give --key."));
  }

  private int at(URI address, List<LoggedExperiment> experiments, CommandLine line) {
    return replay(experiments, address, key == null ? "" : key, line);
  }

  private int replay(
      List<LoggedExperiment> experiments, URI address, String adminKey, CommandLine line) {
    ServiceApi api = new ServiceApi(address, adminKey);
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    String unitName = unit.name().toLowerCase(Locale.ROOT);
    return switch (mode) {
      case LOG -> new LogReplay(api, unitName, line.getOut(), terminal).run(experiments) ? 0 : 1;
      case LIVE -> {
        LiveReplay.Pace pace = new LiveReplay.Pace(visitors, rate, seed);
        LiveReplay live = new LiveReplay(api, unitName, pace, line.getOut(), terminal);
        // Without a limit one experiment: each takes its time.
        int count = limit == null ? 1 : experiments.size();
        for (LoggedExperiment logged : experiments.subList(0, count)) {
          live.run(logged, logged.key() + "-live");
        }
        yield 0;
      }
    };
  }
}
