package io.armwise.service.simulation;

import io.armwise.service.platform.BuildVersion;
import io.armwise.simulations.suite.Manifest;
import io.armwise.simulations.suite.ResultFolder;
import io.armwise.simulations.suite.SuiteException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code armwise merge}: joins what shards have done. */
@Command(
    name = "merge",
    description = "Join the results of shards of one suite.",
    mixinStandardHelpOptions = true)
public final class MergeCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "DIR", description = "Folders of the shards.")
  private List<Path> folders = new ArrayList<>();

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "DIR",
      description = "Folder for all of it.")
  private Path out = Path.of("");

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
    try {
      List<ResultFolder> shards = folders.stream().map(ResultFolder::open).toList();
      ResultFolder merged = ResultFolder.prepare(out, shards.getFirst().suite(), true);
      shards.forEach(merged::adopt);
      Manifest.write(merged, BuildVersion.current());
      if (!merged.isComplete()) {
        line.getErr().println("armwise: parts are missing still; " + merged.done() + " are there");
        return 1;
      }
      line.getOut().println("Report: " + Reports.write(merged));
      return 0;
    } catch (SuiteException e) {
      line.getErr().println("armwise: " + e.getMessage());
      return 2;
    }
  }
}
