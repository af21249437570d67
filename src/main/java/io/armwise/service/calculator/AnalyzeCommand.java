package io.armwise.service.calculator;

import io.armwise.posterior.Direction;
import io.armwise.service.calculator.ArmGroup.NamedArm;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code armwise analyze}: compares the arms of experiments that a file describes. */
@Command(
    name = "analyze",
    description = {
      "Compare the arms of experiments from a file, offline.",
      "CSV with a header: experiment,arm and trials,successes (or impressions,clicks; or"
          + " units,conversions), or n,mean,sd, or events,exposure. JSON: objects {\"experiment\","
          + " \"arms\": [{\"arm\", \"posterior\": {\"type\": \"beta\", ...}}]}, one, in an array or"
          + " one per line; types beta, normal, student-t, gamma."
    },
    mixinStandardHelpOptions = true)
public final class AnalyzeCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = STANDARD_INPUT,
      description = "CSV or JSON, - for standard input (default: ${DEFAULT-VALUE}).")
  private String file = STANDARD_INPUT;

  @Option(names = "--json", description = "One JSON object per experiment and line, exact.")
  private boolean json;

  @Option(
      names = "--prior",
      paramLabel = "a,b",
      converter = ChosenPrior.Converter.class,
      description =
          "Beta(a, b) for trials (default 1,1); Gamma(shape a, rate b) for events (default"
              + " Jeffreys).")
  private @Nullable ChosenPrior prior;

  @Option(
      names = "--level",
      paramLabel = "P",
      defaultValue = "0.95",
      description = "Probability inside the intervals (default: ${DEFAULT-VALUE}).")
  private double level = 0.95;

  @Option(
      names = {"--minimise", "--minimize"},
      description = "Smaller values are better.")
  private boolean minimise;

  @Option(
      names = "--control",
      paramLabel = "ARM",
      description = "The arm to compare with (default: the first of each experiment).")
  private @Nullable String control;

  @Option(
      names = "--tightest-at",
      paramLabel = "TRIALS",
      defaultValue = "5000",
      description =
          "Trials at which the anytime intervals are tightest; choose before looking (default:"
              + " ${DEFAULT-VALUE}).")
  private double tightestAt = 5000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    CommandLine line = spec.commandLine();
    requireInside(line, "--level", level, 1);
    requireInside(line, "--tightest-at", tightestAt, 1e12);
    Analyst analyst =
        new Analyst(
            new Analyst.Question(
                minimise ? Direction.DECREASE : Direction.INCREASE,
                level,
                tightestAt,
                prior,
                control));
    String source = file.equals(STANDARD_INPUT) ? "standard input" : file;
    List<ArmGroup> groups;
    List<ExperimentAnalysis> analyses;
    try {
      groups = read(source, bytes(source));
      analyses = analyst.analyse(source, groups);
    } catch (InputException e) {
      line.getErr().println("armwise: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    } catch (ArithmeticException e) {
      line.getErr()
          .println("armwise: " + source + ": the numbers are too extreme: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    print(line.getOut(), groups, analyses);
    return CommandLine.ExitCode.OK;
  }

  /** Everything has been computed, so an error can leave nothing half printed. */
  private void print(PrintWriter out, List<ArmGroup> groups, List<ExperimentAnalysis> analyses) {
    Style style = Style.ofTerminal();
    for (int e = 0; e < analyses.size(); e++) {
      if (json) {
        out.println(AnalysisJson.line(analyses.get(e)));
      } else {
        boolean rates =
            groups.get(e).arms().stream()
                .map(NamedArm::data)
                .allMatch(ArmData.Trials.class::isInstance);
        if (e > 0) {
          out.println();
        }
        new AnalysisText(style, level, rates).lines(analyses.get(e)).forEach(out::println);
      }
    }
    out.flush();
  }

  private byte[] bytes(String source) throws InputException {
    try {
      if (file.equals(STANDARD_INPUT)) {
        InputStream in = System.in;
        return in.readAllBytes();
      }
      return Files.readAllBytes(Path.of(file));
    } catch (NoSuchFileException e) {
      throw new InputException(source, "the file must exist, got none");
    } catch (IOException e) {
      throw new InputException(source, "the file must be readable: " + e.getMessage());
    }
  }

  /** JSON begins with a brace or bracket, which no header of a CSV file does. */
  private static List<ArmGroup> read(String source, byte[] text) throws InputException {
    int start = 0;
    while (start < text.length && isSpaceOrMark(text[start])) {
      start++;
    }
    if (start == text.length) {
      throw new InputException(source, "the input must not be empty");
    }
    return text[start] == '{' || text[start] == '['
        ? JsonInput.read(source, text)
        : CsvInput.read(source, text);
  }

  /** White space, or a part of the byte order mark that spreadsheets write before UTF-8. */
  private static boolean isSpaceOrMark(byte b) {
    return Character.isWhitespace(b) || b == (byte) 0xEF || b == (byte) 0xBB || b == (byte) 0xBF;
  }

  private static void requireInside(CommandLine line, String option, double value, double bound) {
    if (!(value > 0 && value < bound)) {
      throw new ParameterException(
          line, "%s must be in (0, %s), got %s".formatted(option, bound == 1 ? "1" : bound, value));
    }
  }
}
