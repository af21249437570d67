package io.armwise.service.dashboard.flag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.bandits.experiment.Violation;
import io.armwise.service.dashboard.AttributeText;
import io.armwise.service.dashboard.HumanText;
import io.armwise.service.experiment.ParticipationDocument.ConditionDocument;
import io.armwise.service.flag.FlagDocument;
import io.armwise.service.flag.FlagDocument.ServeDocument;
import io.armwise.service.flag.FlagDocument.VariantDocument;
import io.armwise.service.platform.json.StrictJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The text of a flag's form as a person typed it. Rows of variants that are left empty are none.
 *
 * @param fields text by name
 */
public record FlagForm(Map<String, String> fields) {
  static final String OTHERWISE = "otherwise";
  static final String EXPERIMENT = "experiment";
  static final String SHARES = "shares";
  static final String EXPRESSION = "targeting.expression";
  static final String ATTRIBUTES = "targeting.attributes";

  /** Keeps the fields. */
  public FlagForm {
    fields = Map.copyOf(fields);
  }

  /** A switch: most flags are one. */
  static FlagForm blank() {
    return new FlagForm(
        Map.of(
            variant(0, "key"),
            "on",
            variant(0, "value"),
            "true",
            variant(0, "share"),
            "100 %",
            variant(1, "key"),
            "off",
            variant(1, "value"),
            "false",
            variant(1, "share"),
            "0 %",
            OTHERWISE,
            "1"));
  }

  /** The form of a flag that there is. */
  static FlagForm of(FlagDocument document) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", Objects.requireNonNullElse(document.name(), ""));
    fields.put("key", Objects.requireNonNullElse(document.key(), ""));
    ServeDocument serve = document.serve();
    Map<String, Double> split = serve == null || serve.split() == null ? Map.of() : serve.split();
    if (serve != null && serve.experiment() != null) {
      fields.put(EXPERIMENT, serve.experiment());
    }
    List<@Nullable VariantDocument> variants =
        document.variants() == null ? List.of() : document.variants();
    for (int i = 0; i < variants.size(); i++) {
      VariantDocument variant = variants.get(i);
      if (variant == null || variant.key() == null) {
        continue;
      }
      boolean only = serve != null && variant.key().equals(serve.variant());
      fields.put(variant(i, "key"), variant.key());
      fields.put(variant(i, "value"), String.valueOf(variant.value()));
      fields.put(
          variant(i, "share"),
          HumanText.percent(only ? 1 : split.getOrDefault(variant.key(), 0.0)));
      if (document.otherwise() == null
          ? i == variants.size() - 1
          : variant.key().equals(document.otherwise())) {
        fields.put(OTHERWISE, String.valueOf(i));
      }
    }
    ConditionDocument condition = document.targeting();
    if (condition != null) {
      fields.put(EXPRESSION, Objects.requireNonNullElse(condition.expression(), ""));
      fields.put(
          ATTRIBUTES,
          AttributeText.write(
              condition.attributes() == null ? Map.of() : new TreeMap<>(condition.attributes())));
    }
    return new FlagForm(fields);
  }

  /** The name of a variant's field. */
  public static String variant(int index, String field) {
    return "variants." + index + "." + field;
  }

  /** The text of a field, stripped; empty if there is none. */
  public String text(String name) {
    return Objects.requireNonNullElse(fields.get(name), "").strip();
  }

  /** How many rows of variants the form has. */
  public int rows() {
    int rows = 0;
    while (fields.containsKey(variant(rows, "key"))) {
      rows++;
    }
    return rows;
  }

  FlagForm with(String name, String text) {
    Map<String, String> changed = new LinkedHashMap<>(fields);
    changed.put(name, text);
    return new FlagForm(changed);
  }

  FlagForm withRow() {
    int row = rows();
    return with(variant(row, "key"), "").with(variant(row, "value"), "");
  }

  /** The rows that say something, in their order. */
  private int[] used() {
    return IntStream.range(0, rows())
        .filter(i -> !(text(variant(i, "key")) + text(variant(i, "value"))).isEmpty())
        .toArray();
  }

  /**
   * What a form says.
   *
   * @param document as far as it can be read
   * @param unreadable what cannot, by the form's names
   */
  record Reading(FlagDocument document, List<Violation> unreadable) {}

  /**
   * Reads the form.
   *
   * @param enabled whether the flag is on, which the form does not change
   */
  Reading read(@Nullable Boolean enabled) {
    List<Violation> unreadable = new ArrayList<>();
    String name = text("name");
    String key = text("key").isEmpty() ? HumanText.key(name) : text("key");
    FlagDocument document =
        text(EXPERIMENT).isEmpty()
            ? new FlagDocument(
                key,
                name.isEmpty() ? null : name,
                variants(unreadable),
                condition(unreadable),
                otherwise(),
                serve(unreadable),
                enabled)
            : new FlagDocument(
                key,
                name.isEmpty() ? null : name,
                null,
                null,
                null,
                new ServeDocument(null, null, text(EXPERIMENT)),
                enabled);
    return new Reading(document, unreadable);
  }

  private List<@Nullable VariantDocument> variants(List<Violation> unreadable) {
    List<@Nullable VariantDocument> variants = new ArrayList<>();
    for (int row : used()) {
      String value = text(variant(row, "value"));
      variants.add(
          new VariantDocument(
              text(variant(row, "key")), json(variant(row, "value"), value, unreadable)));
    }
    return variants;
  }

  private static @Nullable JsonNode json(String field, String text, List<Violation> unreadable) {
    try {
      JsonNode value = StrictJson.MAPPER.readTree(text);
      return value.isMissingNode() ? null : value;
    } catch (JsonProcessingException e) {
      unreadable.add(
          new Violation(field, "must be JSON: text stands in quotes, such as \"blue\"", text));
      return null;
    }
  }

  private @Nullable String otherwise() {
    String row = text(OTHERWISE);
    return row.matches("\\d{1,4}") && !text(variant(Integer.parseInt(row), "key")).isEmpty()
        ? text(variant(Integer.parseInt(row), "key"))
        : null;
  }

  private ServeDocument serve(List<Violation> unreadable) {
    Map<String, Double> split = new LinkedHashMap<>();
    for (int row : used()) {
      String text = text(variant(row, "share"));
      OptionalDouble share = text.isEmpty() ? OptionalDouble.of(0) : HumanText.fraction(text);
      if (share.isEmpty()) {
        unreadable.add(new Violation(variant(row, "share"), "must be a share such as 50 %", text));
      } else {
        split.put(text(variant(row, "key")), share.getAsDouble());
      }
    }
    List<String> served =
        split.entrySet().stream()
            .filter(entry -> entry.getValue() == 1)
            .map(Map.Entry::getKey)
            .toList();
    boolean one =
        served.size() == 1 && split.values().stream().mapToDouble(share -> share).sum() == 1;
    return one
        ? new ServeDocument(served.getFirst(), null, null)
        : new ServeDocument(null, split, null);
  }

  private @Nullable ConditionDocument condition(List<Violation> unreadable) {
    if (text(EXPRESSION).isEmpty()) {
      return null;
    }
    Map<String, String> types = new TreeMap<>();
    AttributeText.read(text(ATTRIBUTES), types)
        .ifPresent(wrong -> unreadable.add(new Violation(ATTRIBUTES, AttributeText.RULE, wrong)));
    return new ConditionDocument(text(EXPRESSION), types.isEmpty() ? null : types);
  }

  /** The form's field where a rule of the document is shown; empty if it has none. */
  String place(String field) {
    int[] used = used();
    if (field.startsWith("variants[")) {
      int end = field.indexOf(']');
      int index = Integer.parseInt(field.substring("variants[".length(), end));
      return index < used.length ? "variants." + used[index] + field.substring(end + 1) : SHARES;
    }
    if (field.startsWith("serve.split.")) {
      String key = field.substring("serve.split.".length());
      return IntStream.of(used)
          .filter(row -> text(variant(row, "key")).equals(key))
          .mapToObj(row -> variant(row, "share"))
          .findFirst()
          .orElse(SHARES);
    }
    if (field.startsWith(ATTRIBUTES)) {
      return ATTRIBUTES;
    }
    return switch (field) {
      case "serve", "serve.split", "serve.variant", "variants", OTHERWISE -> SHARES;
      case "serve.experiment" -> EXPERIMENT;
      case "key", "name", EXPRESSION -> field;
      default -> fields.containsKey(field) ? field : "";
    };
  }
}
