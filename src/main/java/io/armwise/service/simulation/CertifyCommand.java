package io.armwise.service.simulation;

import io.armwise.simulations.certificate.Budget;
import io.armwise.simulations.certificate.Calibration;
import io.armwise.simulations.certificate.Certificate;
import io.armwise.simulations.certificate.CertificateRun;
import io.armwise.simulations.certificate.CertifiedDesign;
import io.armwise.simulations.certificate.Estimate;
import io.armwise.simulations.suite.DesignFile;
import io.armwise.simulations.suite.SuiteException;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
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
      description =
          "Simulated experiments of each world; by default as many as bring the standard error of"
              + " the false-winner rate to 0.3 percentage points.")
  private @Nullable Integer replications;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Threads (default: the number of processors).")
  private int workers = Runtime.getRuntime().availableProcessors();

  @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Master seed.")
  private long seed;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
    try {
      CertifiedDesign design = DesignFile.read(file);
      Budget budget = replications == null ? Budget.STANDARD : Budget.exactly(replications);
      print(design, make(design, budget), line.getOut());
      return 0;
    } catch (SuiteException | IllegalArgumentException e) {
      line.getErr().println("armwise: " + e.getMessage());
      return 2;
    }
  }

  private Certificate make(CertifiedDesign design, Budget budget) throws InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
      if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isEmpty()) {
        return new CertificateRun(design, budget, seed, threads, fraction -> {}).make();
      }
      try (ProgressBar bar =
          new ProgressBarBuilder().setTaskName("certificate").setInitialMax(100).build()) {
        return new CertificateRun(
                design, budget, seed, threads, fraction -> bar.stepTo((long) (100 * fraction)))
            .make();
      }
    }
  }

  private static void print(CertifiedDesign design, Certificate certificate, PrintWriter out) {
    out.printf(
        "%s: %d arms at %s, smallest effect %s; %,d experiments with equal arms, %,d with the"
            + " effect%n%n",
        design.name(),
        design.arms(),
        design.baseline(),
        design.smallestEffect(),
        certificate.replicationsWithout(),
        certificate.replicationsWith());
    row(out, "False winner, all arms equal", percent(certificate.falseWinner()));
    row(out, "Power at the smallest effect", percent(certificate.power()));
    row(out, "Days, on average", number(certificate.days(), 1));
    row(out, "Days, nine of ten", number(certificate.days90(), 1));
    row(out, "Days, all arms equal", number(certificate.daysWithoutEffect(), 1));
    row(out, "Expected loss at the end", number(certificate.expectedLoss(), 6));
    row(out, "Conversions saved", number(certificate.regretSaved(), 1));
    Calibration calibration = certificate.calibration();
    if (calibration != null) {
      out.printf(
          "%nIn this design a threshold of %s for P(best) keeps the wanted rate too:%n",
          calibration.threshold());
      row(out, "False winner, all arms equal", percent(calibration.falseWinner()));
      row(out, "Power at the smallest effect", percent(calibration.power()));
      row(out, "Days, on average", number(calibration.days(), 1));
    }
    out.flush();
  }

  private static void row(PrintWriter out, String what, String figure) {
    out.printf("  %-30s %s%n", what, figure);
  }

  private static String percent(Estimate figure) {
    return figure.value() < 0.0005
        ? "under 0.1 %"
        : "%.1f %% ± %.1f".formatted(100 * figure.value(), 100 * figure.standardError());
  }

  private static String number(Estimate figure, int decimals) {
    String format = "%." + decimals + "f ± %." + decimals + "f";
    double scale = Math.pow(10, decimals);
    // Adding 0 makes a rounded loss of nothing no longer read -0.0.
    double shown = Math.rint(figure.value() * scale) / scale + 0.0;
    return format.formatted(shown, figure.standardError());
  }
}
