package io.armwise.service.simulation;

import io.armwise.simulations.suite.Catalogue;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code armwise list-policies}. */
@Command(
    name = "list-policies",
    description = "List the policies and the stopping rules of a suite.",
    mixinStandardHelpOptions = true)
public final class ListPoliciesCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = (spec == null ? new CommandLine(this) : spec.commandLine()).getOut();
    Catalogue.policies().forEach((name, what) -> out.printf("%-24s %s%n", name, what));
    out.println();
    Catalogue.rules().forEach((name, what) -> out.printf("%-24s %s%n", name, what));
    out.flush();
    return 0;
  }
}
