package io.armwise.service.rejected;

import io.armwise.service.platform.CommandContext;
import io.armwise.service.platform.embedded.EmbeddedServerException;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.rejected.RejectedEvents.Filter;
import io.armwise.service.rejected.RejectedEvents.Replay;
import io.micronaut.context.exceptions.BeanContextException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code armwise rejected}: what was refused, why, and sending it again. */
@Command(
    name = "rejected",
    description = {
      "Show the events that were refused, and send them again.",
      "Runs beside a running service or without one. The exit status is 0, or 2 if there is no"
          + " answer."
    },
    mixinStandardHelpOptions = true)
public final class RejectedCommand implements Runnable {
  private static final int DONE = 0;
  private static final int NO_ANSWER = 2;
  private static final int SHOWN = 100;

  @Option(
      names = "--code",
      paramLabel = "CODE",
      scope = ScopeType.INHERIT,
      description = "Only those refused for this reason, such as unknown-experiment.")
  private @Nullable String code;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      scope = ScopeType.INHERIT,
      description = "Only those received since: a time such as 2026-01-31T09:30:00Z, or PT24H ago.")
  private @Nullable String since;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "Folder of the service's data (default: ARMWISE_DATA or ./data).")
  private @Nullable Path data;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    line().usage(line().getErr());
    throw new CommandLine.ParameterException(line(), "say what to do: list or replay");
  }

  @Command(
      name = "list",
      description = "Show how many were refused for which reason, and the newest of them.",
      mixinStandardHelpOptions = true)
  int list(
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "20",
              description = "Show the newest N (default: ${DEFAULT-VALUE}).")
          int limit,
      @Option(names = "--json", description = "Print one JSON object per event.") boolean json) {
    if (!(limit >= 0)) {
      line().getErr().println("armwise: --limit must be >= 0, got " + limit);
      return NO_ANSWER;
    }
    return ask(
        (events, filter) -> {
          PrintWriter out = line().getOut();
          if (json) {
            events.newest(filter, limit).forEach(event -> out.println(json(event)));
          } else {
            printCounts(events.counts(filter), out);
            events.newest(filter, limit).forEach(event -> print(event, out));
          }
          out.flush();
        });
  }

  @Command(
      name = "replay",
      description = {
        "Send refused events again, for example after the experiment they name has been started.",
        "Each is sent again once, as of the time it was received. What would be refused again"
            + " stays as it is."
      },
      mixinStandardHelpOptions = true)
  int replay(
      @Option(names = "--dry-run", description = "Only say what would happen.") boolean dryRun) {
    return ask(
        (events, filter) -> {
          Replay replay = events.replay(filter, dryRun);
          PrintWriter out = line().getOut();
          out.printf(
              Locale.ROOT,
              "%,d events %s.%n",
              replay.accepted(),
              dryRun ? "would be accepted" : "sent again");
          replay
              .refused()
              .forEach(
                  (reason, count) ->
                      out.printf(Locale.ROOT, "%,d still refused: %s%n", count, reason));
          out.flush();
        });
  }

  private interface Question {
    void ask(RejectedEvents events, Filter filter);
  }

  private int ask(Question question) {
    PrintWriter messages = line().getErr();
    try (CommandContext service = CommandContext.open(data, messages)) {
      question.ask(service.bean(RejectedEvents.class), new Filter(code, start(since)));
      return DONE;
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

  static @Nullable Instant start(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return text.startsWith("P") ? Instant.now().minus(Duration.parse(text)) : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "--since must be a time such as 2026-01-31T09:30:00Z or a duration such as PT24H, got "
              + text,
          e);
    }
  }

  private static void printCounts(Map<String, Long> counts, PrintWriter out) {
    if (counts.isEmpty()) {
      out.println("No event was refused.");
      return;
    }
    counts.forEach((reason, count) -> out.printf(Locale.ROOT, "%,12d  %s%n", count, reason));
    out.println();
  }

  private static void print(RejectedEvent event, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s  %d/%d  %s%s%n    %s%n    %s%n",
        event.receivedAt(),
        event.partition(),
        event.offset(),
        event.code(),
        event.replayedAt() == null ? "" : "  (sent again " + event.replayedAt() + ")",
        event.detail(),
        shortened(event.text()));
  }

  /** One line of printable characters: what was refused may be anything. */
  private static String shortened(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", "·");
    return printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + "…";
  }

  private static String json(RejectedEvent event) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("partition", event.partition());
    fields.put("offset", event.offset());
    fields.put("receivedAt", event.receivedAt().toString());
    fields.put("code", event.code());
    fields.put("detail", event.detail());
    fields.put("value", event.text());
    fields.put("replayedAt", event.replayedAt() == null ? null : event.replayedAt().toString());
    return StrictJson.write(fields);
  }

  private CommandLine line() {
    return spec == null ? new CommandLine(this) : spec.commandLine();
  }
}
