package io.armwise.service.dashboard.editor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.experiment.MetricRole;
import io.armwise.bandits.experiment.SideMetric;
import io.armwise.service.dashboard.HumanText;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The metrics beside the primary one, between the form and the document. Pure. */
final class SideMetricFields {
  private SideMetricFields() {}

  /** Reads them; what the form does not show is kept for a metric with the same key and kind. */
  static void read(TypedFields typed, ObjectNode document) {
    DefinitionForm form = typed.form();
    ArrayNode before = document.withArray("metrics").deepCopy();
    document.remove("metrics");
    for (int i = 0; i < form.metricCount(); i++) {
      String kind = form.text(DefinitionForm.metric(i, "kind"));
      ObjectNode metric = known(before, form.text(DefinitionForm.metric(i, "key")), kind);
      for (String field : List.of("key", "role", "kind", "direction")) {
        typed.text(metric, field, DefinitionForm.metric(i, field));
      }
      String effect = DefinitionForm.metric(i, "smallestEffect");
      typed.amount(metric, "smallestEffect", effect, kind.equals("binary"));
      if (kind.equals("ratio")) {
        typed.text(
            TypedFields.object(metric, "denominator"),
            "outcome",
            DefinitionForm.metric(i, "denominator.outcome"));
      }
      document.withArray("metrics").add(metric);
    }
  }

  private static ObjectNode known(ArrayNode before, String key, String kind) {
    for (JsonNode metric : before) {
      if (metric instanceof ObjectNode known
          && known.path("key").asText().equals(key)
          && known.path("kind").asText().equals(kind)) {
        return known.deepCopy();
      }
    }
    return before.objectNode();
  }

  /** Fills the form with those of a definition. */
  static void write(Map<String, String> fields, ExperimentDefinition definition) {
    List<SideMetric> metrics = definition.measurement().sideMetrics();
    for (int i = 0; i < metrics.size(); i++) {
      SideMetric metric = metrics.get(i);
      fields.put(DefinitionForm.metric(i, "key"), metric.key());
      fields.put(DefinitionForm.metric(i, "role"), lower(metric.role()));
      fields.put(DefinitionForm.metric(i, "direction"), lower(metric.direction()));
      fields.put(
          DefinitionForm.metric(i, "smallestEffect"),
          isRate(metric)
              ? HumanText.percent(metric.smallestEffect())
              : HumanText.plain(metric.smallestEffect()));
      switch (metric) {
        case SideMetric.Mean(MetricRole _, Metric mean) ->
            fields.put(DefinitionForm.metric(i, "kind"), lower(mean.kind()));
        case SideMetric.Ratio ratio -> {
          fields.put(DefinitionForm.metric(i, "kind"), "ratio");
          fields.put(
              DefinitionForm.metric(i, "denominator.outcome"), ratio.denominator().outcome());
        }
      }
    }
  }

  private static boolean isRate(SideMetric metric) {
    return metric instanceof SideMetric.Mean(MetricRole _, Metric mean)
        && mean.kind() == MetricKind.BINARY;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
