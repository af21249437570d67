package io.armwise.service.simulation;

import io.armwise.simulations.certificate.Certificate;
import io.armwise.simulations.certificate.CertifiedDesign;
import io.armwise.simulations.suite.DesignFile;
import io.armwise.simulations.suite.SuiteException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code armwise certify}: says what a design promises before it is launched. */
@Command(
    name = "certify",
    description = "Simulate a design and say how often it will be wrong and how long it will take.",
    mixinStandardHelpOptions = true)
public final class CertifyCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DESIGN", description = "The design, a YAML file.")
  private Path file = Path.of("");

  @Option(
      names = "--replications",
      paramLabel = "N",
      defaultValue = "400",
      description = "Simulated experiments of each world (default: ${DEFAULT-VALUE}).")
  private int replications;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Master seed.")
  private long seed;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
    try {
      CertifiedDesign design = DesignFile.read(file);
      print(design, Certificate.of(design, replications, seed), line.getOut());
      return 0;
    } catch (SuiteException | IllegalArgumentException e) {
      line.getErr().println("armwise: " + e.getMessage());
      return 2;
    }
  }

  private static void print(CertifiedDesign design, Certificate certificate, PrintWriter out) {
    out.printf(
        "%s: %d arms at %s, smallest effect %s, %d experiments of each world%n%n",
        design.name(),
        design.arms(),
        design.baseline(),
        design.smallestEffect(),
        certificate.replications());
    row(out, "False winner, all arms equal", percent(certificate.falseWinner()));
    row(out, "Power at the smallest effect", percent(certificate.power()));
    row(out, "Days, on average", number(certificate.days(), 1));
    row(out, "Days, nine of ten", number(certificate.days90(), 1));
    row(out, "Days, all arms equal", number(certificate.daysWithoutEffect(), 1));
    row(out, "Expected loss at the end", number(certificate.expectedLoss(), 6));
    row(out, "Conversions saved", number(certificate.regretSaved(), 1));
    out.flush();
  }

  private static void row(PrintWriter out, String what, String figure) {
    out.printf("  %-30s %s%n", what, figure);
  }

  private static String percent(Certificate.Estimate figure) {
    return "%.1f %% ± %.1f".formatted(100 * figure.value(), 100 * figure.standardError());
  }

  private static String number(Certificate.Estimate figure, int decimals) {
    String format = "%." + decimals + "f ± %." + decimals + "f";
    return format.formatted(figure.value(), figure.standardError());
  }
}
