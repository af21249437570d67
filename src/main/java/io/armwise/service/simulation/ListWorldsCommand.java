package io.armwise.service.simulation;

import io.armwise.simulations.suite.Catalogue;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code armwise list-worlds}. */
@Command(
    name = "list-worlds",
    description = "List what worlds of a suite are made of.",
    mixinStandardHelpOptions = true)
public final class ListWorldsCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = (spec == null ? new CommandLine(this) : spec.commandLine()).getOut();
    Catalogue.worlds().forEach((name, what) -> out.printf("%-24s %s%n", name, what));

    out.flush();
    return 0;
  }
}
