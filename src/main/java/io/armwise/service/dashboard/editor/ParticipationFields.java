package io.armwise.service.dashboard.editor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.armwise.bandits.assignment.Layer;
import io.armwise.bandits.experiment.Participation;
import io.armwise.bandits.experiment.Participation.LayerRange;
import io.armwise.bandits.experiment.TargetingRule;
import io.armwise.service.dashboard.AttributeText;
import io.armwise.service.dashboard.HumanText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Who takes part, between the form and the document: a layer's range in percent, and a condition.
 * Pure.
 */
final class ParticipationFields {
  static final String LAYER = "participation.layer.key";
  static final String FROM = "participation.layer.from";
  static final String UNTIL = "participation.layer.until";
  static final String EXPRESSION = "participation.targeting.expression";
  static final String ATTRIBUTES = "participation.targeting.attributes";

  private ParticipationFields() {}

  /** Reads them; what else the document says of participation stays. */
  static void read(TypedFields typed, ObjectNode document) {
    ObjectNode participation = TypedFields.object(document, "participation");
    layer(typed, participation);
    condition(typed, participation);
    ParticipationLists.read(typed, document, participation);
    if (participation.isEmpty()) {
      document.remove("participation");
    }
  }

  private static void layer(TypedFields typed, ObjectNode participation) {
    participation.remove("layer");
    if (typed.form().text(LAYER).isEmpty()) {
      return;
    }
    ObjectNode layer = participation.putObject("layer");
    typed.text(layer, "key", LAYER);
    OptionalDouble from = typed.readable(FROM, HumanText::fraction);
    OptionalDouble until = typed.readable(UNTIL, HumanText::fraction);
    double first = buckets(from.orElse(0));
    double end = buckets(until.orElse(1));
    if (0 <= first && first < end && end <= Layer.BUCKETS) {
      layer.put("from", (int) first).put("until", (int) end);
    } else {
      typed.refuse(
          "participation.layer",
          "must begin before it ends, both from 0 % to 100 %",
          typed.form().text(FROM) + " to " + typed.form().text(UNTIL));
    }
  }

  /** A fraction of a layer in buckets, of which a hundred are one percent. */
  private static double buckets(double fraction) {
    return Math.rint(fraction * Layer.BUCKETS);
  }

  private static void condition(TypedFields typed, ObjectNode participation) {
    participation.remove("targeting");
    if (typed.form().text(EXPRESSION).isEmpty()) {
      return;
    }
    ObjectNode targeting = participation.putObject("targeting");
    typed.text(targeting, "expression", EXPRESSION);
    String given = typed.form().text(ATTRIBUTES);
    if (given.isEmpty()) {
      return;
    }
    ObjectNode attributes = targeting.putObject("attributes");
    Map<String, String> types = new TreeMap<>();
    AttributeText.read(given, types)
        .ifPresent(wrong -> typed.refuse(ATTRIBUTES, AttributeText.RULE, wrong));
    types.forEach(attributes::put);
  }

  /** Fills the form with those of a definition. */
  static void write(Map<String, String> fields, Participation participation) {
    ParticipationLists.write(fields, participation);
    LayerRange layer = participation.layer();
    if (layer != null) {
      fields.put(LAYER, layer.layer());
      fields.put(FROM, percent(layer.range().from()));
      fields.put(UNTIL, percent(layer.range().until()));
    }
    TargetingRule targeting = participation.targeting();
    if (targeting != null) {
      fields.put(EXPRESSION, targeting.expression());
      fields.put(
          ATTRIBUTES,
          AttributeText.write(
              targeting.attributes().entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          Map.Entry::getKey,
                          attribute -> attribute.getValue().json(),
                          (one, _) -> one,
                          LinkedHashMap::new))));
    }
  }

  /** Buckets of a layer in percent. */
  static String percent(int buckets) {
    return HumanText.percent(buckets / (double) Layer.BUCKETS);
  }
}
