package io.armwise.service.dashboard.certificate;

import io.armwise.service.dashboard.Shell;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page of a design's certificate.
 *
 * @param key of the experiment
 * @param name of the experiment
 * @param rate whether the metric is a rate, which is asked for in percent
 * @param continuous whether the metric's scatter must be asked for
 * @param run of a simulation, if there was one on this node
 * @param result of the newest certificate; absent before the first
 * @param fields of the form, by name
 * @param errors by name of the field; the empty name for the whole
 */
public record CertificatePage(
    Shell shell,
    String key,
    String name,
    boolean rate,
    boolean continuous,
    RunView run,
    @Nullable Result result,
    Map<String, String> fields,
    Map<String, String> errors) {

  /** Keeps the maps. */
  public CertificatePage {
    fields = Map.copyOf(fields);
    errors = Map.copyOf(errors);
  }

  /**
   * A certificate in words.
   *
   * @param current whether the design is still the one that was simulated
   * @param within whether the rate of false winners keeps its limit, as far as simulation can tell
   * @param finds whether the smallest effect is found more often than not
   * @param sentence the answer
   * @param figures with their standard errors
   * @param assumptions what was taken for granted
   * @param made when, and of how many experiments
   */
  public record Result(
      boolean current,
      boolean within,
      boolean finds,
      String sentence,
      List<Figure> figures,
      List<String> assumptions,
      String made) {
    /** Keeps the lists. */
    public Result {
      figures = List.copyOf(figures);
      assumptions = List.copyOf(assumptions);
    }

    /** Two or three words. */
    public String label() {
      if (!current) {
        return "Of an earlier design";
      }
      return within ? finds ? "Fit to start" : "Finds too little" : "Breaks your limit";
    }

    /** Name of the style of a verdict that is as good or bad. */
    public String style() {
      return current && within ? finds ? "ship" : "collecting" : "stop-for-harm";
    }

    /** What to do about it; empty for nothing. */
    public String advice() {
      if (!current) {
        return "The design has changed since. Have the new one simulated; until then no verdict"
            + " cites this.";
      }
      if (!within) {
        return "Ask for a lower rate of false winners, more units before a verdict, or more days.";
      }
      return finds
          ? ""
          : "Most such experiments would end without an answer. Give it more days or traffic, fewer"
              + " arms, or look for a larger effect.";
    }
  }

  /**
   * A simulated figure.
   *
   * @param value with its standard error
   * @param meaning what it says
   */
  public record Figure(String name, String value, String meaning) {}

  /** What was typed; empty for nothing. */
  public String text(String field) {
    return fields.getOrDefault(field, "");
  }

  /** What is wrong with a field; null if nothing is. */
  public @Nullable String error(String field) {
    return errors.get(field);
  }
}
