package io.armwise.service.calculator;

import io.armwise.posterior.sequential.AlphaSpending;
import io.armwise.posterior.sequential.GroupSequentialDesign;
import io.armwise.posterior.sequential.Sides;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code armwise boundaries}: critical values for a test with a few planned looks. */
@Command(
    name = "boundaries",
    description = {
      "Boundaries of a group sequential test, offline.",
      "Classical designs have equally spaced looks; alpha spending takes any."
    },
    mixinStandardHelpOptions = true)
public final class BoundariesCommand implements Callable<Integer> {
  private static final int MAX_LOOKS = 500;

  /** The ways to choose boundaries. */
  enum Design {
    POCOCK("pocock"),
    OBRIEN_FLEMING("obrien-fleming"),
    WANG_TSIATIS("wang-tsiatis"),
    SPENDING_POCOCK("spending-pocock"),
    SPENDING_OBRIEN_FLEMING("spending-obrien-fleming"),
    SPENDING_POWER("spending-power"),
    SPENDING_HSD("spending-hsd");

    private final String label;

    Design(String label) {
      this.label = label;
    }

    @Override
    public String toString() {
      return label;
    }

    boolean spends() {
      return label.startsWith("spending");
    }

    boolean takesShape() {
      return this == WANG_TSIATIS || this == SPENDING_POWER || this == SPENDING_HSD;
    }
  }

  @Option(
      names = "--design",
      paramLabel = "NAME",
      defaultValue = "spending-obrien-fleming",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Design design = Design.SPENDING_OBRIEN_FLEMING;

  @Option(
      names = "--shape",
      paramLabel = "X",
      description = "Delta of wang-tsiatis, exponent of spending-power, gamma of spending-hsd.")
  private @Nullable Double shape;

  @Option(names = "--looks", paramLabel = "K", description = "Number of equally spaced looks.")
  private @Nullable Integer looks;

  @Option(
      names = "--fractions",
      paramLabel = "T",
      split = ",",
      description = "Information fractions of the looks, rising to 1, for alpha spending.")
  private @Nullable List<Double> fractions;

  @Option(
      names = "--alpha",
      paramLabel = "P",
      defaultValue = "0.05",
      description = "Probability of a false alarm over all looks (default: ${DEFAULT-VALUE}).")
  private double alpha = 0.05;

  @Option(names = "--one-sided", description = "Stop for an increase only.")
  private boolean oneSided;

  @Option(
      names = "--power",
      paramLabel = "P",
      description = "Power that sets the drift (default: 0.8).")
  private @Nullable Double power;

  @Option(
      names = "--drift",
      paramLabel = "D",
      description = "Expected z at full information, instead of --power.")
  private @Nullable Double drift;

  @Option(names = "--json", description = "One JSON object, exact.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    CommandLine line = spec.commandLine();
    check(line);
    try {
      GroupSequentialDesign boundaries = boundaries();
      double expected =
          drift == null
              ? boundaries.driftForPower(power == null ? PowerOptions.DEFAULT_POWER : power)
              : drift;
      BoundariesReport report =
          new BoundariesReport(design.toString(), alpha, boundaries, expected);
      if (json) {
        line.getOut().println(report.json());
      } else {
        report.text(Style.ofTerminal()).forEach(line.getOut()::println);
      }
      line.getOut().flush();
      return CommandLine.ExitCode.OK;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, String.valueOf(e.getMessage()));
    }
  }

  private void check(CommandLine line) {
    if ((looks == null) == (fractions == null)) {
      throw new ParameterException(line, "give the looks by --looks or by --fractions");
    }
    if (looks != null && !(looks >= 1 && looks <= MAX_LOOKS)) {
      throw new ParameterException(
          line, "--looks must be in [1, %d], got %d".formatted(MAX_LOOKS, looks));
    }
    if (fractions != null && fractions.size() > MAX_LOOKS) {
      throw new ParameterException(
          line, "--fractions must be at most %d, got %d".formatted(MAX_LOOKS, fractions.size()));
    }
    if (fractions != null && !design.spends()) {
      throw new ParameterException(
          line,
          "--fractions needs a spending design, got '%s'; its looks are equally spaced: use --looks"
              .formatted(design));
    }
    if (design.takesShape() != (shape != null)) {
      throw new ParameterException(
          line,
          design.takesShape()
              ? "--design %s needs --shape".formatted(design)
              : "--design %s takes no --shape, got %s".formatted(design, shape));
    }
    if (power != null && drift != null) {
      throw new ParameterException(line, "give --power or --drift, not both");
    }
    if (power != null && !(power > 0 && power < 1)) {
      throw new ParameterException(line, "--power must be in (0, 1), got " + power);
    }
    if (!(alpha > 0 && alpha < 1)) {
      throw new ParameterException(line, "--alpha must be in (0, 1), got " + alpha);
    }
  }

  private GroupSequentialDesign boundaries() {
    Sides sides = oneSided ? Sides.ONE : Sides.TWO;
    double parameter = shape == null ? 0 : shape;
    return switch (design) {
      case POCOCK -> GroupSequentialDesign.wangTsiatis(times().size(), 0.5, alpha, sides);
      case OBRIEN_FLEMING -> GroupSequentialDesign.wangTsiatis(times().size(), 0, alpha, sides);
      case WANG_TSIATIS ->
          GroupSequentialDesign.wangTsiatis(times().size(), parameter, alpha, sides);
      case SPENDING_POCOCK -> spending(new AlphaSpending.Pocock(), sides);
      case SPENDING_OBRIEN_FLEMING -> spending(new AlphaSpending.OBrienFleming(), sides);
      case SPENDING_POWER -> spending(new AlphaSpending.Power(parameter), sides);
      case SPENDING_HSD -> spending(new AlphaSpending.HwangShihDeCani(parameter), sides);
    };
  }

  private GroupSequentialDesign spending(AlphaSpending function, Sides sides) {
    return GroupSequentialDesign.spending(times(), function, alpha, sides);
  }

  private List<Double> times() {
    if (fractions != null) {
      return fractions;
    }
    int count = looks == null ? 1 : looks;
    List<Double> times = new ArrayList<>();
    for (int k = 1; k <= count; k++) {
      times.add((double) k / count);
    }
    return times;
  }
}
