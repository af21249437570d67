package io.armwise.service.experiment;

import io.armwise.bandits.assignment.BucketRange;
import io.armwise.bandits.assignment.Layer;
import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.experiment.Arm;
import io.armwise.bandits.experiment.Participation;
import io.armwise.bandits.experiment.Participation.LayerRange;
import io.armwise.bandits.experiment.Participation.Prerequisite;
import io.armwise.bandits.experiment.Participation.QaList;
import io.armwise.bandits.experiment.Participation.RampStep;
import io.armwise.service.experiment.ParticipationDocument.LayerDocument;
import io.armwise.service.experiment.ParticipationDocument.PrerequisiteDocument;
import io.armwise.service.experiment.ParticipationDocument.RampStepDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads who takes part in an experiment. One use per document; not thread-safe. */
final class ParticipationReader {
  private static final int MAX_ENTRIES = 1_000;
  private static final Duration LONGEST_HOLD = Duration.ofDays(30);

  private final FieldReader fields;
  private final ConditionReader conditions;

  ParticipationReader(FieldReader fields) {
    this.fields = fields;
    this.conditions = new ConditionReader(fields);
  }

  Participation participation(
      @Nullable ParticipationDocument given, List<Arm> arms, String experiment) {
    if (given == null) {
      return Participation.EVERYBODY;
    }
    return new Participation(
        layer(given.layer()),
        conditions.read("participation.targeting", given.targeting()),
        conditions.read("participation.exploitWhen", given.exploitWhen()),
        overrides(given.overrides(), arms),
        prerequisites(given.prerequisites(), experiment),
        excludes(given.excludes(), experiment),
        ramp(given.ramp()),
        Boolean.TRUE.equals(given.killed()));
  }

  private @Nullable LayerRange layer(@Nullable LayerDocument given) {
    if (given == null) {
      return null;
    }
    String key = fields.key("participation.layer.key", given.key());
    int from = given.from() == null ? 0 : given.from();
    int until = given.until() == null ? Layer.BUCKETS : given.until();
    if (!(0 <= from && from < until && until <= Layer.BUCKETS)) {
      fields.violation(
          "participation.layer",
          "must be buckets with 0 <= from < until <= " + Layer.BUCKETS,
          from + " to " + until);
      return null;
    }
    return new LayerRange(key, new BucketRange(from, until));
  }

  private List<QaList> overrides(
      @Nullable Map<String, List<@Nullable String>> given, List<Arm> arms) {
    List<QaList> lists = new ArrayList<>();
    Map<String, String> armOfUnit = new HashMap<>();
    Map<String, List<@Nullable String>> perArm = given == null ? Map.of() : new TreeMap<>(given);
    perArm.forEach(
        (arm, units) -> {
          String field = "participation.overrides." + arm;
          if (arms.stream().noneMatch(a -> a.key().equals(arm))) {
            fields.violation(field, "must name an arm", arm);
          }
          List<String> valid = new ArrayList<>();
          for (String unit : units == null ? List.<String>of() : units) {
            String other = unit == null ? null : armOfUnit.put(unit, arm);
            if (unit == null || !isUnit(unit)) {
              fields.violation(
                  field,
                  "must list units of 1 to " + UnitHash.MAX_UNIT_BYTES + " bytes",
                  String.valueOf(unit));
            } else if (other != null) {
              fields.violation(field, "must not list a unit that is listed already", unit);
            } else {
              valid.add(unit);
            }
          }
          lists.add(QaList.of(arm, valid));
        });
    if (armOfUnit.size() > MAX_ENTRIES) {
      fields.violation(
          "participation.overrides",
          "must list at most " + MAX_ENTRIES + " units",
          armOfUnit.size());
    }
    return lists;
  }

  private static boolean isUnit(String unit) {
    try {
      UnitHash.of(unit);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private List<Prerequisite> prerequisites(
      @Nullable List<@Nullable PrerequisiteDocument> given, String experiment) {
    List<Prerequisite> wanted = new ArrayList<>();
    List<@Nullable PrerequisiteDocument> documents = given == null ? List.of() : given;
    for (int i = 0; i < documents.size(); i++) {
      String field = "participation.prerequisites[" + i + "]";
      PrerequisiteDocument document = documents.get(i);
      String other =
          fields.key(field + ".experiment", document == null ? null : document.experiment());
      refuseItself(field + ".experiment", other, experiment);
      List<String> arms = new ArrayList<>();
      List<@Nullable String> named =
          document == null || document.arms() == null ? List.of() : document.arms();
      for (int j = 0; j < named.size(); j++) {
        arms.add(fields.key(field + ".arms[" + j + "]", named.get(j)));
      }
      wanted.add(new Prerequisite(other, arms));
    }
    return wanted;
  }

  private List<String> excludes(@Nullable List<@Nullable String> given, String experiment) {
    List<String> keys = new ArrayList<>();
    List<@Nullable String> named = given == null ? List.of() : given;
    for (int i = 0; i < named.size(); i++) {
      String field = "participation.excludes[" + i + "]";
      String key = fields.key(field, named.get(i));
      refuseItself(field, key, experiment);
      keys.add(key);
    }
    return keys;
  }

  private void refuseItself(String field, String other, String experiment) {
    if (other.equals(experiment)) {
      fields.violation(field, "must be another experiment", other);
    }
  }

  private List<RampStep> ramp(@Nullable List<@Nullable RampStepDocument> given) {
    List<RampStep> steps = new ArrayList<>();
    List<@Nullable RampStepDocument> documents = given == null ? List.of() : given;
    double last = 0;
    for (int i = 0; i < documents.size(); i++) {
      String field = "participation.ramp[" + i + "]";
      RampStepDocument document = documents.get(i);
      double above = last;
      double share =
          fields.number(
              field + ".share",
              document == null ? null : document.share(),
              null,
              "must be in (0, 1] and above the step before",
              x -> x > above && x <= 1);
      Duration hold =
          fields.duration(
              field + ".hold",
              document == null ? null : document.hold(),
              Duration.ofHours(1),
              LONGEST_HOLD);
      steps.add(new RampStep(share, hold));
      last = share;
    }
    return steps;
  }
}
