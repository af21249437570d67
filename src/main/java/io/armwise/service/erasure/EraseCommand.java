package io.armwise.service.erasure;

import io.armwise.bandits.assignment.UnitHash;
import io.armwise.service.erasure.Erasures.Erased;
import io.armwise.service.platform.CommandContext;
import io.armwise.service.platform.embedded.EmbeddedServerException;
import io.armwise.service.platform.problem.ProblemException;
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

/** {@code armwise erase}: forgets a unit. */
@Command(
    name = "erase",
    description = {
      "Erase a unit: it counts nowhere any more, and nothing of it is kept but that.",
      "Runs beside a running service or without one. The exit status is 0, or 2 if there is no"
          + " answer."
    },
    mixinStandardHelpOptions = true)
public final class EraseCommand implements Callable<Integer> {
  private static final int NO_ANSWER = 2;

  @Parameters(paramLabel = "UNIT", description = "The unit's id, or its hash with --hash.")
  private String unit = "";

  @Option(names = "--hash", description = "UNIT is the hash of the unit, 32 hexadecimal digits.")
  private boolean hash;

  @Option(names = "--reason", paramLabel = "TEXT", description = "For the audit trail.")
  private @Nullable String reason;

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
    try {
      UnitHash erased = hash ? Erasures.unitHash(unit) : UnitHash.of(unit);
      print(erase(erased, messages), line.getOut());
      return 0;
    } catch (EmbeddedServerException
        | IllegalArgumentException
        | IllegalStateException
        | BeanContextException
        | KafkaException
        | DataAccessException
        | ProblemException e) {
      messages.println("armwise: " + e.getMessage());
      return NO_ANSWER;
    }
  }

  private Erased erase(UnitHash erased, PrintWriter messages) {
    try (CommandContext service = CommandContext.open(data, messages)) {
      return service.bean(Erasures.class).erase(erased, "command line", reason);
    }
  }

  private static void print(Erased erased, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "Unit %s is erased: retracted in the log, %,d states of ended experiments and the bytes of"
            + " %,d rejected events deleted.%n",
        erased.unitHash(),
        erased.states(),
        erased.rejectedEvents());
    out.flush();
  }
}
