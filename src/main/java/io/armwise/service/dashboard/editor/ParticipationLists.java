package io.armwise.service.dashboard.editor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.armwise.bandits.experiment.Participation;
import io.armwise.service.dashboard.HumanText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The lists of who takes part, between the form and the document: a ramp's steps, units for quality
 * assurance, and other experiments. People write them as they would say them, one entry after the
 * other. Pure.
 */
final class ParticipationLists {
  static final String RAMP = "participation.ramp";
  static final String OVERRIDES = "participation.overrides";
  static final String PREREQUISITES = "participation.prerequisites";
  static final String EXCLUDES = "participation.excludes";

  /** The fields, as the form has them. */
  static final List<String> FIELDS = List.of(RAMP, OVERRIDES, PREREQUISITES, EXCLUDES);

  private static final Pattern STEP = Pattern.compile("(.+?)(?:\\s+for\\s+|\\s*:\\s*)(.+)");
  private static final Pattern PART = Pattern.compile("\\s*\"((?:[^\"]|\"\")*)\"|[^,\\r\\n]+");
  private static final Pattern NAMED = Pattern.compile("([^:]+?)\\s*:\\s*(.*)");

  private ParticipationLists() {}

  /** Reads them into the document's participation. */
  static void read(TypedFields typed, ObjectNode document, ObjectNode participation) {
    boolean hadRamp = !participation.path("ramp").isEmpty();
    FIELDS.forEach(field -> participation.remove(field.substring(field.lastIndexOf('.') + 1)));
    ramp(typed, participation);
    if (!hadRamp) {
      requireRise(typed, document, participation);
    }
    overrides(typed, participation);
    prerequisites(typed, participation);
    for (String key : parts(typed.form().text(EXCLUDES))) {
      participation.withArray("excludes").add(key);
    }
  }

  private static void ramp(TypedFields typed, ObjectNode participation) {
    for (String part : parts(typed.form().text(RAMP))) {
      Matcher step = STEP.matcher(part);
      boolean held = step.matches();
      OptionalDouble share = HumanText.fraction(held ? step.group(1) : part);
      Optional<Duration> hold =
          held ? HumanText.length(step.group(2)) : Optional.of(Duration.ofHours(1));
      if (share.isEmpty() || hold.isEmpty()) {
        typed.refuse(RAMP, "must be shares with times, such as 5 % for 12 hours, 100 %", part);
        return;
      }
      participation
          .withArray("ramp")
          .addObject()
          .put("share", share.getAsDouble())
          .put("hold", hold.get().toString());
    }
  }

  /** A new ramp that begins below the share of all units would never do anything. */
  private static void requireRise(
      TypedFields typed, ObjectNode document, ObjectNode participation) {
    double first = participation.path("ramp").path(0).path("share").asDouble(1);
    double share = document.path("trafficShare").asDouble(0);
    if (share > first) {
      typed.refuse(
          RAMP,
          "must not begin below the share of all units, "
              + HumanText.percent(share)
              + "; empty that field to begin with the first step",
          HumanText.percent(first));
    }
  }

  private static void overrides(TypedFields typed, ObjectNode participation) {
    for (String line : lines(typed.form().text(OVERRIDES))) {
      Matcher named = NAMED.matcher(line);
      if (!named.matches()) {
        typed.refuse(OVERRIDES, "must name an arm and its units, such as green: qa-1, qa-2", line);
        return;
      }
      ArrayNode units = participation.withObject("/overrides").withArray(named.group(1));
      parts(named.group(2)).forEach(units::add);
    }
  }

  private static void prerequisites(TypedFields typed, ObjectNode participation) {
    for (String line : lines(typed.form().text(PREREQUISITES))) {
      Matcher named = NAMED.matcher(line);
      boolean arms = named.matches();
      ObjectNode wanted = participation.withArray("prerequisites").addObject();
      wanted.put("experiment", arms ? named.group(1) : line);
      if (arms) {
        parts(named.group(2)).forEach(wanted.withArray("arms")::add);
      }
    }
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** Entries between commas; one that has a comma or a quote of its own stands in quotes. */
  private static List<String> parts(String text) {
    return PART.matcher(text)
        .results()
        .map(
            part ->
                part.group(1) == null ? part.group().strip() : part.group(1).replace("\"\"", "\""))
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static String part(String entry) {
    boolean plain = entry.indexOf(',') < 0 && entry.indexOf('"') < 0 && entry.strip().equals(entry);
    return plain ? entry : '"' + entry.replace("\"", "\"\"") + '"';
  }

  /** Fills the form with those of a definition. */
  static void write(Map<String, String> fields, Participation participation) {
    put(
        fields,
        RAMP,
        participation.ramp().stream()
            .map(step -> HumanText.percent(step.share()) + " for " + HumanText.length(step.hold()))
            .collect(Collectors.joining(", ")));
    put(
        fields,
        OVERRIDES,
        participation.overrides().stream()
            .map(
                list ->
                    list.arm()
                        + ": "
                        + list.units().values().stream()
                            .map(ParticipationLists::part)
                            .collect(Collectors.joining(", ")))
            .collect(Collectors.joining("\n")));
    put(
        fields,
        PREREQUISITES,
        participation.prerequisites().stream()
            .map(
                wanted ->
                    wanted.arms().isEmpty()
                        ? wanted.experiment()
                        : wanted.experiment() + ": " + String.join(", ", wanted.arms()))
            .collect(Collectors.joining("\n")));
    put(fields, EXCLUDES, String.join(", ", participation.excludes()));
  }

  private static void put(Map<String, String> fields, String field, String text) {
    if (!text.isEmpty()) {
      fields.put(field, text);
    }
  }
}
