package io.armwise.service.simulation;

import io.armwise.simulations.suite.ResultFolder;
import io.armwise.simulations.suite.SuiteException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code armwise report}: writes tables and page of a folder of results again. */
@Command(
    name = "report",
    description = "Write the tables and the report of simulated results again.",
    mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "Folder of results.")
  private Path folder = Path.of("");

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
    try {
      line.getOut().println("Report: " + Reports.write(ResultFolder.open(folder)));
      return 0;
    } catch (SuiteException e) {
      line.getErr().println("armwise: " + e.getMessage());
      return 2;
    }
  }
}
