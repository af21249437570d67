package io.armwise.service.calculator;

import io.armwise.posterior.classical.LiftPower;
import io.armwise.posterior.classical.MeanPower;
import io.armwise.posterior.classical.PowerModel;
import io.armwise.posterior.classical.ProportionPower;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code armwise power}: sample size, power, smallest effect and duration of a fixed test. */
@Command(
    name = "power",
    description = {
      "Plan a test of two arms with a fixed number of units, offline.",
      "Of --effect, --units and --power leave out the one to compute."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class PowerCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name what is measured: proportion, mean or lift");
  }

  @Command(
      name = "proportion",
      description = "The z test of two proportions; effects are differences.",
      mixinStandardHelpOptions = true)
  int proportion(
      @Mixin PowerOptions options,
      @Option(
              names = "--baseline",
              required = true,
              paramLabel = "P",
              description = "Proportion of the control.")
          double baseline,
      @Option(names = "--relative", description = "--effect is a fraction of the baseline.")
          boolean relative,
      @Option(
              names = "--null-variance",
              paramLabel = "KIND",
              defaultValue = "pooled",
              description =
                  "pooled (as R), unpooled, baseline (as Evan Miller's calculator) or arcsine"
                      + " (default: ${DEFAULT-VALUE}).")
          String nullVariance) {
    CommandLine line = options.line();
    return answer(
        "proportion",
        options,
        OptionalDouble.of(baseline),
        relative,
        () -> new ProportionPower(options.test(), baseline, nullVariance(line, nullVariance)));
  }

  @Command(
      name = "mean",
      description = "The t test of two means; effects are differences in the metric's unit.",
      mixinStandardHelpOptions = true)
  int mean(
      @Mixin PowerOptions options,
      @Option(
              names = "--sd",
              required = true,
              paramLabel = "S",
              description = "Standard deviation of one unit.")
          double standardDeviation,
      @Option(
              names = "--baseline",
              paramLabel = "M",
              description = "Mean of the control, for --relative.")
          @Nullable Double baseline,
      @Option(names = "--relative", description = "--effect is a fraction of the baseline.")
          boolean relative,
      @Option(names = "--normal", description = "The large-sample formula instead of Student's t.")
          boolean normal) {
    CommandLine line = options.line();
    if (relative && baseline == null) {
      throw new ParameterException(line, "--relative needs --baseline");
    }
    if (baseline != null && !(baseline > 0 && Double.isFinite(baseline))) {
      throw new ParameterException(line, "--baseline must be > 0 and finite, got " + baseline);
    }
    return answer(
        "mean",
        options,
        baseline == null ? OptionalDouble.empty() : OptionalDouble.of(baseline),
        relative,
        () ->
            new MeanPower(
                options.test(),
                standardDeviation,
                normal ? MeanPower.Law.NORMAL : MeanPower.Law.STUDENT_T));
  }

  @Command(
      name = "lift",
      description = "The z test of a relative effect, 0.05 for 5 %% more, by the delta method.",
      mixinStandardHelpOptions = true)
  int lift(
      @Mixin PowerOptions options,
      @Option(
              names = "--baseline",
              required = true,
              paramLabel = "M",
              description = "Mean of the control.")
          double baseline,
      @Option(
              names = "--sd",
              paramLabel = "S",
              description = "Standard deviation of one unit (default: that of a proportion).")
          @Nullable Double standardDeviation) {
    return answer(
        "lift",
        options,
        OptionalDouble.of(baseline),
        false,
        () ->
            new LiftPower(
                options.test(),
                baseline,
                standardDeviation == null
                    ? new LiftPower.Metric.Share()
                    : new LiftPower.Metric.Mean(standardDeviation)));
  }

  private int answer(
      String metric,
      PowerOptions options,
      OptionalDouble baseline,
      boolean relative,
      Supplier<PowerModel> planned) {
    CommandLine line = options.line();
    try {
      PowerModel model = planned.get();
      Double effect = options.effect;
      if (effect != null && relative) {
        effect *= baseline.orElseThrow();
      }
      Optional<PowerPlan> plan =
          PowerPlan.solve(model, effect, options.units, options.wantedPower(), !options.decrease);
      if (plan.isEmpty()) {
        line.getErr()
            .println(
                "armwise: no %s reaches power %s"
                    .formatted(
                        effect == null ? "effect" : "number of units", options.wantedPower()));
        return CommandLine.ExitCode.SOFTWARE;
      }
      PowerReport report =
          new PowerReport(metric, model, options, baseline, model instanceof LiftPower);
      if (options.json) {
        line.getOut().println(report.json(plan.get()));
      } else {
        report.text(plan.get(), Style.ofTerminal()).forEach(line.getOut()::println);
      }
      line.getOut().flush();
      return CommandLine.ExitCode.OK;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, String.valueOf(e.getMessage()));
    }
  }

  private static ProportionPower.NullVariance nullVariance(CommandLine line, String name) {
    for (ProportionPower.NullVariance kind : ProportionPower.NullVariance.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
        return kind;
      }
    }
    throw new ParameterException(
        line,
        "--null-variance must be pooled, unpooled, baseline or arcsine, got '%s'".formatted(name));
  }
}
