package io.armwise.service.experiment;

import io.armwise.bandits.decision.DecisionTable;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.bandits.experiment.Participation.LayerRange;
import io.armwise.bandits.experiment.Participation.Prerequisite;
import io.armwise.bandits.experiment.Violation;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Holds an experiment against all others: its layer must exist, its buckets must be free, and the
 * experiments that it names must exist and not depend on it. Thread-safe.
 */
@Singleton
final class Placement {
  private final ExperimentStore experiments;
  private final LayerStore layers;

  Placement(ExperimentStore experiments, LayerStore layers) {
    this.experiments = experiments;
    this.layers = layers;
  }

  /**
   * The rules that a definition breaks among the others. A draft may plan to take buckets that are
   * still in use; it cannot start then.
   *
   * @param status the status that the experiment will have
   */
  List<Violation> violations(
      DSLContext transaction, ExperimentDefinition definition, ExperimentStatus status) {
    List<Violation> found = new ArrayList<>();
    LayerRange taken = definition.participation().layer();
    boolean namesOthers =
        !definition.participation().prerequisites().isEmpty()
            || !definition.participation().excludes().isEmpty();
    if (taken != null && !layers.lock(transaction, taken.layer())) {
      found.add(
          new Violation("participation.layer.key", "must name an existing layer", taken.layer()));
      return found;
    }
    if (taken == null && !namesOthers) {
      return found;
    }
    Map<String, Experiment> others = new HashMap<>();
    experiments.list(transaction).forEach(other -> others.put(other.key(), other));
    others.remove(definition.key());
    if (taken != null && status.isLearning()) {
      requireFreeBuckets(found, taken, others);
    }
    requireOthers(found, definition, others);
    return found;
  }

  private static void requireFreeBuckets(
      List<Violation> found, LayerRange taken, Map<String, Experiment> others) {
    for (Experiment other : others.values()) {
      LayerRange theirs = other.definition().participation().layer();
      if (theirs != null
          && other.status().isLearning()
          && theirs.layer().equals(taken.layer())
          && theirs.range().overlaps(taken.range())) {
        found.add(
            new Violation(
                "participation.layer",
                "must not overlap with buckets "
                    + theirs.range().from()
                    + " to "
                    + theirs.range().until()
                    + " of '"
                    + other.key()
                    + "'",
                taken.range().from() + " to " + taken.range().until()));
      }
    }
  }

  private static void requireOthers(
      List<Violation> found, ExperimentDefinition definition, Map<String, Experiment> others) {
    List<Prerequisite> wanted = definition.participation().prerequisites();
    for (int i = 0; i < wanted.size(); i++) {
      String field = "participation.prerequisites[" + i + "]";
      Experiment other = others.get(wanted.get(i).experiment());
      requireSound(found, field + ".experiment", definition, other, others);
      for (String arm : wanted.get(i).arms()) {
        if (other != null && other.definition().armIndex(arm).isEmpty()) {
          found.add(new Violation(field + ".arms", "must name arms of '" + other.key() + "'", arm));
        }
      }
    }
    List<String> excluded = definition.participation().excludes();
    for (int i = 0; i < excluded.size(); i++) {
      Experiment other = others.get(excluded.get(i));
      requireSound(found, "participation.excludes[" + i + "]", definition, other, others);
    }
  }

  private static void requireSound(
      List<Violation> found,
      String field,
      ExperimentDefinition definition,
      @Nullable Experiment other,
      Map<String, Experiment> others) {
    if (other == null) {
      found.add(new Violation(field, "must name an existing experiment", "none with this key"));
      return;
    }
    int depth = depth(other.definition(), definition.key(), others, new HashSet<>());
    if (depth < 0) {
      found.add(new Violation(field, "must not depend on this experiment in turn", other.key()));
    } else if (depth >= DecisionTable.MAX_DEPTH) {
      found.add(
          new Violation(
              field,
              "must not be more than " + DecisionTable.MAX_DEPTH + " experiments deep",
              other.key()));
    }
  }

  /** How many experiments one depends on in a row; −1 if the forbidden one is among them. */
  private static int depth(
      ExperimentDefinition definition,
      String forbidden,
      Map<String, Experiment> others,
      Set<String> path) {
    if (definition.key().equals(forbidden) || !path.add(definition.key())) {
      return -1;
    }
    int deepest = 0;
    List<String> named = new ArrayList<>(definition.participation().excludes());
    definition.participation().prerequisites().forEach(wanted -> named.add(wanted.experiment()));
    for (String key : named) {
      Experiment other = others.get(key);
      int depth =
          key.equals(forbidden)
              ? -1
              : other == null ? 0 : depth(other.definition(), forbidden, others, path);
      if (depth < 0) {
        return -1;
      }
      deepest = Math.max(deepest, depth + 1);
    }
    path.remove(definition.key());
    return deepest;
  }
}
