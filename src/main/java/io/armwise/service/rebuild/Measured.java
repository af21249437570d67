package io.armwise.service.rebuild;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.service.evidence.EvidenceFigures;
import io.armwise.service.evidence.EvidenceFigures.Place;
import io.armwise.service.evidence.RebuiltEvidence;
import io.armwise.service.experiment.DefinitionReader;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentDocument;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.rebuild.RebuildReport.MeasuredArm;
import io.armwise.service.rebuild.RebuildReport.UnitSum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Another measurement of an experiment.
 *
 * @param experiment id
 * @param definition the experiment's, with what it is to measure
 */
public record Measured(int experiment, ExperimentDefinition definition) {
  private static final Set<String> FIELDS =
      Set.of("metric", "metrics", "attributionWindow", "grace", "learnFrom");

  /**
   * The measurement that replaces some fields of an experiment's definition.
   *
   * @param json an object with the fields, as in the definition; those that are absent stay
   * @throws IllegalArgumentException if it has other fields, or breaks a rule
   */
  public static Measured of(Experiment experiment, String json) {
    ObjectNode document = StrictJson.MAPPER.valueToTree(experiment.document());
    try {
      JsonNode changed = StrictJson.MAPPER.readTree(json);
      for (Map.Entry<String, JsonNode> field : changed.properties()) {
        if (!FIELDS.contains(field.getKey())) {
          throw new IllegalArgumentException(
              "a measurement has " + FIELDS.stream().sorted().toList() + ", got " + field.getKey());
        }
        document.set(field.getKey(), field.getValue());
      }
      return switch (DefinitionReader.read(
          StrictJson.MAPPER.treeToValue(document, ExperimentDocument.class))) {
        case DefinitionReader.Reading.Valid(ExperimentDefinition definition) ->
            new Measured(experiment.id(), definition);
        case DefinitionReader.Reading.Invalid invalid ->
            throw new IllegalArgumentException(
                "the measurement breaks a rule: " + invalid.violations().getFirst());
      };
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "the measurement cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  /** The live sums per metric and arm, and those of this measurement. */
  List<MeasuredArm> beside(LiveEvidence live, RebuiltEvidence made) {
    Map<String, Sums> rows = new TreeMap<>();
    live.figures().forEach((place, figures) -> add(rows, place, figures, true));
    made.figures().forEach((place, figures) -> add(rows, place, figures, false));
    List<MeasuredArm> arms = new ArrayList<>();
    rows.values()
        .forEach(
            row ->
                arms.add(
                    new MeasuredArm(
                        row.metric, definition.arms().get(row.arm).key(), row.live, row.made)));
    return arms;
  }

  private void add(Map<String, Sums> rows, Place place, EvidenceFigures figures, boolean isLive) {
    if (place.experiment() != experiment) {
      return;
    }
    Sums row =
        rows.computeIfAbsent(
            place.metric() + "/" + place.arm(), _ -> new Sums(place.metric(), place.arm()));
    if (isLive) {
      row.live = plus(row.live, figures);
    } else {
      row.made = plus(row.made, figures);
    }
  }

  private static UnitSum plus(@Nullable UnitSum before, EvidenceFigures figures) {
    return before == null
        ? new UnitSum(figures.units(), figures.sum())
        : new UnitSum(before.units() + figures.units(), before.sum().add(figures.sum()));
  }

  private static final class Sums {
    private final String metric;
    private final int arm;
    private @Nullable UnitSum live;
    private @Nullable UnitSum made;

    Sums(String metric, int arm) {
      this.metric = metric;
      this.arm = arm;
    }
  }
}
