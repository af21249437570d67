package io.armwise.service.dashboard.editor;

import io.armwise.bandits.experiment.Violation;
import io.armwise.service.dashboard.HumanText;
import io.armwise.service.dashboard.Shell;
import io.armwise.service.dashboard.certificate.CertificatePage.Result;
import io.armwise.service.dashboard.certificate.RunView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The form that creates or changes an experiment.
 *
 * @param heading what is done
 * @param action address that takes the form
 * @param form what the person typed
 * @param violations rules that the form breaks
 * @param plan what the design would take
 * @param problem why the form was refused as a whole
 * @param started whether what cannot change any more is fixed
 * @param key of the experiment that is changed; null for a new one
 * @param focus field to begin with, empty for none
 * @param layers that it may take a range of
 * @param simulated how the simulation of the design stands
 */
public record EditorPage(
    Shell shell,
    String heading,
    String action,
    DefinitionForm form,
    List<Violation> violations,
    PlanView plan,
    @Nullable String problem,
    boolean started,
    @Nullable String key,
    String focus,
    List<LayerChoice> layers,
    Simulated simulated) {

  /** What a metric beside the primary one is for. */
  public static final Map<String, String> ROLES =
      options("guardrail", "Guardrail", "secondary", "Secondary");

  /** What a metric beside the primary one measures. */
  public static final Map<String, String> KINDS =
      options("binary", "Rate", "continuous", "Average", "count", "Count", "ratio", "Ratio");

  /** Which way a metric is better. */
  public static final Map<String, String> DIRECTIONS =
      options("increase", "higher", "decrease", "lower");

  private static final Map<String, String> RANGES =
      Map.of(
          "in (0, 1]", "above 0\u00a0% and at most 100\u00a0%",
          "in (0, 1)", "between 0\u00a0% and 100\u00a0%",
          "in [0, 1)", "at least 0\u00a0% and below 100\u00a0%",
          "in [0, 1]", "from 0\u00a0% to 100\u00a0%",
          "in (0, 0.5)", "between 0\u00a0% and 50\u00a0%");

  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry("name", "Name"),
          Map.entry("key", "Key"),
          Map.entry("arms", "Arms"),
          Map.entry("metric.key", "Key of the metric"),
          Map.entry("metric.smallestEffect", "Smallest change that matters"),
          Map.entry("prior.expected", "Expected value"),
          Map.entry("prior.worth", "Worth of the prior"),
          Map.entry("prior.sd", "Spread of one unit"),
          Map.entry("unit", "Unit"),
          Map.entry("trafficShare", "Share of all units"),
          Map.entry("attributionWindow", "Attribution window"),
          Map.entry("allocation.policy", "Shares of the arms"),
          Map.entry("allocation.explorationFloor", "Floor per arm"),
          Map.entry("allocation.refresh", "Refresh"),
          Map.entry("allocation.controlShare", "Control's share"),
          Map.entry("allocation.burnInUnits", "Burn-in"),
          Map.entry("allocation.maximumStep", "Largest move at once"),
          Map.entry("allocation.topTwoBeta", "The leader's part"),
          Map.entry("decisionRule.minimumUnits", "Minimum units per arm"),
          Map.entry("decisionRule.minimumDays", "Minimum days"),
          Map.entry("decisionRule.toleratedLoss", "Loss that does not matter"),
          Map.entry("decisionRule.falseWinnerRate", "Risk of a false winner"),
          Map.entry(ParticipationFields.LAYER, "Layer"),
          Map.entry(ParticipationFields.FROM, "Range of the layer"),
          Map.entry(ParticipationFields.EXPRESSION, "Only units for which this holds"),
          Map.entry(ParticipationFields.ATTRIBUTES, "Types of the attributes"),
          Map.entry(ParticipationLists.RAMP, "Traffic ramp"),
          Map.entry(ParticipationLists.OVERRIDES, "Units for testing"),
          Map.entry(ParticipationLists.PREREQUISITES, "Only units of other experiments"),
          Map.entry(ParticipationLists.EXCLUDES, "No units of other experiments"),
          Map.entry("plan.baseline", "The metric today"),
          Map.entry("plan.sd", "Standard deviation of one unit"),
          Map.entry("plan.perDay", "Units a day"),
          Map.entry("plan.days", "Days at most"),
          Map.entry("reason", "Reason"));

  private static final Pattern ITEM = Pattern.compile("(arm|metric)s\\.(\\d{1,4})\\.([\\w.]+)");

  /** Keeps the lists. */
  public EditorPage {
    violations = List.copyOf(violations);
    layers = List.copyOf(layers);
  }

  /**
   * A layer to choose.
   *
   * @param text its name and the room in it
   */
  public record LayerChoice(String key, String text) {}

  /**
   * How the simulation of the design stands.
   *
   * @param result of the newest; absent before the first
   */
  public record Simulated(RunView run, @Nullable Result result) {}

  /** Choices in their order: values and texts in turn. */
  private static Map<String, String> options(String... valuesAndTexts) {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i < valuesAndTexts.length; i += 2) {
      options.put(valuesAndTexts[i], valuesAndTexts[i + 1]);
    }
    return Collections.unmodifiableMap(options);
  }

  /** The layers to choose from, none first. */
  public Map<String, String> layerOptions() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("", "none");
    layers.forEach(layer -> options.put(layer.key(), layer.text()));
    return options;
  }

  /** Whether anything is said about which units take part, or wrong with it. */
  public boolean hasAudience() {
    return Stream.of(
            ParticipationFields.LAYER,
            ParticipationFields.FROM,
            ParticipationFields.EXPRESSION,
            ParticipationFields.ATTRIBUTES)
        .anyMatch(this::isUsed);
  }

  /** Whether there is a ramp or a list, or something wrong with one. */
  public boolean hasLists() {
    return ParticipationLists.FIELDS.stream().anyMatch(this::isUsed);
  }

  private boolean isUsed(String name) {
    return !form.text(name).isEmpty() || error(name) != null;
  }

  /** Whether a change of an existing experiment is written. */
  public boolean exists() {
    return key != null;
  }

  /** Address to leave to. */
  public String back() {
    return key == null ? "/" : "/experiments/" + key;
  }

  /**
   * A broken rule beside its field.
   *
   * @param name of the field
   * @param label of the field
   * @param text what would be right
   */
  public record Remark(String name, String label, String text) {}

  /** What is wrong with a field; null if nothing is. */
  public @Nullable String error(String name) {
    return violations.stream()
        .filter(violation -> place(violation).equals(name))
        .map(this::sentence)
        .findFirst()
        .orElse(null);
  }

  /** All that is wrong, each with the field where it is shown. */
  public List<Remark> remarks() {
    List<Remark> remarks = new ArrayList<>();
    for (Violation violation : violations) {
      String name = place(violation);
      remarks.add(new Remark(name, label(name), sentence(violation)));
    }
    return remarks;
  }

  private static String label(String name) {
    Matcher item = ITEM.matcher(name);
    return item.matches()
        ? (item.group(1).equals("arm") ? "Arm " : "Metric ")
            + (Integer.parseInt(item.group(2)) + 1)
            + ", "
            + (item.group(3).equals("smallestEffect") ? "what matters" : item.group(3))
        : LABELS.getOrDefault(name, name);
  }

  /** The field where a broken rule is shown: its own, or the nearest that the form has. */
  private String place(Violation violation) {
    String name = DefinitionForm.nameOf(violation.field());
    if (name.startsWith("metric.prior")) {
      return "prior.worth";
    }
    if (name.equals("participation.layer")) {
      return ParticipationFields.FROM;
    }
    if (name.startsWith(ParticipationFields.ATTRIBUTES)) {
      return ParticipationFields.ATTRIBUTES;
    }
    for (String list : ParticipationLists.FIELDS) {
      if (name.startsWith(list)) {
        return list;
      }
    }
    if (name.equals("allocation.weights") || name.equals("allocation")) {
      return "allocation.policy";
    }
    if (name.startsWith("allocation.weights.")) {
      String key = name.substring("allocation.weights.".length());
      return IntStream.range(0, form.armCount())
          .filter(i -> form.text(DefinitionForm.arm(i, "key")).equals(key))
          .mapToObj(i -> DefinitionForm.arm(i, "weight"))
          .findFirst()
          .orElse("allocation.policy");
    }
    return name;
  }

  /** The API's rule in a person's words: shares in percent, and the text that was typed. */
  private String sentence(Violation violation) {
    String rule = violation.rule();
    for (Map.Entry<String, String> range : RANGES.entrySet()) {
      rule = rule.replace(range.getKey(), range.getValue());
    }
    String typed = form.text(place(violation));
    String value = typed.isEmpty() ? violation.value() : typed;
    if (violation.field().equals(ParticipationFields.EXPRESSION)) {
      return HumanText.capital(rule)
          + (rule.contains("undeclared") ? "; name its type below." : ".");
    }
    boolean tells = !value.isBlank() && value.length() <= 60 && !value.equals("nothing");
    return tells ? HumanText.capital(rule) + "; this is " + value + "." : HumanText.sentence(rule);
  }

  /** The id of a field's element. */
  public static String id(String name) {
    return "f-" + name.replace('.', '-');
  }
}
