package io.armwise.service.calculator;

import io.armwise.posterior.classical.PlannedTest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * The options that all power calculations share. Of effect, units and power two are given and the
 * third is computed; power has a default.
 */
final class PowerOptions {
  static final double DEFAULT_POWER = 0.8;

  @Option(
      names = "--effect",
      paramLabel = "E",
      description =
          "The true effect, treatment less control; leave it out to compute the smallest"
              + " that is seen.")
  @Nullable Double effect;

  @Option(
      names = "--units",
      paramLabel = "N",
      description = "Units of both arms together; leave them out to compute how many are needed.")
  @Nullable Double units;

  @Option(
      names = "--power",
      paramLabel = "P",
      description =
          "Probability of seeing the effect (default: 0.8); computed where effect and units are"
              + " given.")
  @Nullable Double power;

  @Option(
      names = "--alpha",
      paramLabel = "P",
      defaultValue = "0.05",
      description = "Probability of a false alarm (default: ${DEFAULT-VALUE}).")
  double alpha = 0.05;

  @Option(names = "--one-sided", description = "Test in the direction of the effect only.")
  boolean oneSided;

  @Option(
      names = "--allocation",
      paramLabel = "C:T",
      defaultValue = "1:1",
      converter = AllocationConverter.class,
      description = "Units of the control to units of the treatment (default: ${DEFAULT-VALUE}).")
  double treatmentShare = 0.5;

  @Option(
      names = "--decrease",
      description = "Compute the smallest decrease instead of the smallest increase.")
  boolean decrease;

  @Option(names = "--per-day", paramLabel = "N", description = "New units a day, for the duration.")
  @Nullable Long perDay;

  @Option(names = "--json", description = "One JSON object, exact.")
  boolean json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /** The command that has these options. */
  CommandLine line() {
    return command.commandLine();
  }

  /** Reads {@code C:T} as the treatment's share. */
  static final class AllocationConverter implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      String[] parts = text.split(":", -1);
      double control = Numbers.parse(parts[0]).orElse(Double.NaN);
      double treatment =
          parts.length == 2 ? Numbers.parse(parts[1]).orElse(Double.NaN) : Double.NaN;
      if (!(control > 0 && treatment > 0)) {
        throw new TypeConversionException(
            "must be two numbers C:T greater than 0 but was '" + text + "'");
      }
      return treatment / (control + treatment);
    }
  }

  /**
   * The plan of the test.
   *
   * @throws ParameterException if the options contradict each other or are out of range
   */
  PlannedTest test() {
    CommandLine line = line();
    if (effect == null && units == null) {
      throw new ParameterException(line, "give --effect to size the test, or --units, or both");
    }
    if (effect != null && units != null && power != null) {
      throw new ParameterException(
          line, "leave out one of --effect, --units and --power: it is computed from the others");
    }
    requireUnit(line, "--alpha", alpha);
    if (power != null) {
      requireUnit(line, "--power", power);
    }
    if (effect != null && !(Math.abs(effect) > 0 && Double.isFinite(effect))) {
      throw new ParameterException(line, "--effect must be finite and not 0, got " + effect);
    }
    if (units != null && !(units > 0 && Double.isFinite(units))) {
      throw new ParameterException(line, "--units must be > 0 and finite, got " + units);
    }
    if (perDay != null && !(perDay > 0)) {
      throw new ParameterException(line, "--per-day must be > 0, got " + perDay);
    }
    return new PlannedTest(alpha, !oneSided, treatmentShare);
  }

  double wantedPower() {
    return power == null ? DEFAULT_POWER : power;
  }

  private static void requireUnit(CommandLine line, String option, double value) {
    if (!(value > 0 && value < 1)) {
      throw new ParameterException(line, option + " must be in (0, 1), got " + value);
    }
  }
}
