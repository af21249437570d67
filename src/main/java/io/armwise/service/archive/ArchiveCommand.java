package io.armwise.service.archive;

import io.armwise.service.archive.Archiver.State;
import io.armwise.service.event.EventTopic;
import io.armwise.service.platform.CommandContext;
import io.armwise.service.platform.embedded.EmbeddedServerException;
import io.micronaut.context.exceptions.BeanContextException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code armwise archive}: copies the log into files, checks them, says how far they are. */
@Command(
    name = "archive",
    description = {
      "Copy what the log holds into Parquet files, each read back before it counts.",
      "Takes nothing out of the log. Runs beside a running service or without one. The exit status"
          + " is 0, 1 if the archive is damaged, 2 if there is no answer."
    },
    mixinStandardHelpOptions = true)
public final class ArchiveCommand implements Callable<Integer> {
  private static final int DONE = 0;
  private static final int DAMAGED = 1;
  private static final int NO_ANSWER = 2;

  @Parameters(paramLabel = "DIR", description = "Folder of the archive.")
  private Path folder = Path.of("");

  @Option(names = "--state", description = "Only say how far the archive is.")
  private boolean state;

  @Option(names = "--verify", description = "Only read all files again and compare.")
  private boolean verify;

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
    try (CommandContext service = CommandContext.open(data, messages)) {
      PrintWriter out = line.getOut();
      if (verify) {
        verify(service.bean(EventTopic.class).getTopic(), out);
        return DONE;
      }
      Archiver archiver = service.bean(Archiver.class);
      if (!state && !archiver.archive(folder, 1, segment -> print(segment, out))) {
        messages.println("armwise: another archiver is at work");
        return NO_ANSWER;
      }
      print(archiver.state(folder), out);
      return DONE;
    } catch (ArchiveException e) {
      messages.println("armwise: " + e.getMessage());
      return DAMAGED;
    } catch (EmbeddedServerException
        | IllegalArgumentException
        | IllegalStateException
        | BeanContextException
        | KafkaException
        | DataAccessException e) {
      messages.println("armwise: " + e.getMessage());
      return NO_ANSWER;
    }
  }

  private void verify(String topic, PrintWriter out) {
    ArchiveFolder archive = new ArchiveFolder(folder, topic);
    long records = 0;
    for (Segment segment : archive.segments()) {
      try (SegmentReader reader = archive.open(segment)) {
        while (!reader.next().isEmpty()) {
          // Held against the manifest, record by record.
        }
      }
      records += segment.records();
    }
    out.printf(
        Locale.ROOT,
        "%,d files with %,d events are as they were written.%n",
        archive.segments().size(),
        records);
    out.flush();
  }

  private static void print(Segment segment, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s  %,d events, offsets %d to %d, %,d bytes%n",
        segment.file(),
        segment.records(),
        segment.first(),
        segment.next() - 1,
        segment.bytes());
    out.flush();
  }

  private static void print(State state, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%,d files hold %,d events in %,d bytes; %,d events of the log are in none yet.%n",
        state.segments(),
        state.records(),
        state.bytes(),
        state.behind());
    out.flush();
  }
}
