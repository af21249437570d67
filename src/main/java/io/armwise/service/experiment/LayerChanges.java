package io.armwise.service.experiment;

import io.armwise.bandits.assignment.BucketRange;
import io.armwise.bandits.assignment.Layer;
import io.armwise.bandits.experiment.Participation.LayerRange;
import io.armwise.bandits.experiment.Violation;
import io.armwise.service.experiment.LayerDocuments.HoldoutView;
import io.armwise.service.experiment.LayerDocuments.LayerView;
import io.armwise.service.experiment.LayerDocuments.NewHoldout;
import io.armwise.service.experiment.LayerDocuments.NewLayer;
import io.armwise.service.experiment.LayerDocuments.Range;
import io.armwise.service.experiment.LayerDocuments.Taken;
import io.armwise.service.experiment.LayerStore.StoredHoldout;
import io.armwise.service.experiment.LayerStore.StoredLayer;
import io.armwise.service.platform.database.Database;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.platform.security.Principal;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every change of layers and holdouts, with its audit entry in one transaction. Thread-safe. */
@Singleton
public final class LayerChanges {
  private final Database database;
  private final LayerStore store;
  private final ExperimentStore experiments;
  private final AuditTrail audit;
  private final Clock clock;

  LayerChanges(
      Database database,
      LayerStore store,
      ExperimentStore experiments,
      AuditTrail audit,
      Clock clock) {
    this.database = database;
    this.store = store;
    this.experiments = experiments;
    this.audit = audit;
    this.clock = clock;
  }

  /** Creates a layer. */
  public LayerView create(NewLayer given, Principal caller, @Nullable String reason) {
    FieldReader fields = new FieldReader();
    String key = fields.key("key", given.key());
    String name = fields.text("name", given.name(), key);
    require(fields);
    return database.transactionResult(
        transaction -> {
          StoredLayer layer = new StoredLayer(key, name, now());
          if (!store.insert(transaction, layer)) {
            throw keyTaken("layer", key);
          }
          audit.add(
              transaction,
              "layer:" + key,
              entry(layer.createdAt(), caller, "create-layer", reason, given));
          return view(layer, experiments.list(transaction));
        });
  }

  /** All layers with what is taken and what is free, by key. */
  public List<LayerView> layers() {
    return database.snapshotResult(
        transaction -> {
          List<Experiment> all = experiments.list(transaction);
          return store.layers(transaction).stream().map(layer -> view(layer, all)).toList();
        });
  }

  /** All layers with the room in them, by key. */
  public List<LayerRoom> rooms() {
    return layers().stream()
        .map(
            layer ->
                new LayerRoom(
                    layer.key(),
                    layer.name(),
                    layer.free().stream()
                        .map(range -> new BucketRange(range.from(), range.until()))
                        .toList()))
        .toList();
  }

  /** Holds a range of units out. */
  public HoldoutView create(NewHoldout given, Principal caller, @Nullable String reason) {
    FieldReader fields = new FieldReader();
    String key = fields.key("key", given.key());
    String name = fields.text("name", given.name(), key);
    int from = given.from() == null ? 0 : given.from();
    int until = given.until() == null ? 0 : given.until();
    if (!(0 <= from && from < until && until <= Layer.BUCKETS)) {
      fields.violation(
          "until",
          "must be buckets with 0 <= from < until <= " + Layer.BUCKETS,
          from + " to " + until);
    }
    require(fields);
    return database.transactionResult(
        transaction -> {
          if (given.layer() != null && !store.lock(transaction, given.layer())) {
            throw ProblemException.invalid("layer", "must name an existing layer", given.layer());
          }
          long sequence = ChangeLock.nextSequence(transaction);
          StoredHoldout holdout =
              new StoredHoldout(
                  key, name, given.layer(), new BucketRange(from, until), sequence, now(), null);
          if (!store.insert(transaction, holdout)) {
            throw keyTaken("holdout", key);
          }
          audit.add(
              transaction,
              "holdout:" + key,
              entry(holdout.createdAt(), caller, "create-holdout", reason, given));
          return view(holdout);
        });
  }

  /** All holdouts, ended ones too, by key. */
  public List<HoldoutView> holdouts() {
    return store.holdouts(database.dsl()).stream().map(LayerChanges::view).toList();
  }

  /** Ends a holdout. */
  public HoldoutView end(String key, Principal caller, @Nullable String reason) {
    return database.transactionResult(
        transaction -> {
          Instant now = now();
          StoredHoldout ended =
              store
                  .end(transaction, key, ChangeLock.nextSequence(transaction), now)
                  .orElseThrow(
                      () ->
                          new ProblemException(
                              ProblemCode.NOT_FOUND, "No holdout '" + key + "' is in force."));
          HoldoutView view = view(ended);
          audit.add(
              transaction,
              "holdout:" + key,
              entry(now, caller, "end-holdout", reason, Map.of("endedAt", now.toString())));
          return view;
        });
  }

  private static AuditTrail.Entry entry(
      Instant now, Principal caller, String action, @Nullable String reason, Object after) {
    return new AuditTrail.Entry(
        now, caller.name(), action, null, reason, null, StrictJson.toTree(after));
  }

  private static LayerView view(StoredLayer layer, List<Experiment> all) {
    List<Taken> taken = new ArrayList<>();
    for (Experiment experiment : all) {
      LayerRange range = experiment.definition().participation().layer();
      if (range != null && range.layer().equals(layer.key()) && experiment.status().isLearning()) {
        taken.add(
            new Taken(
                experiment.key(),
                experiment.status().name().toLowerCase(Locale.ROOT),
                range.range().from(),
                range.range().until()));
      }
    }
    taken.sort(Comparator.comparingInt(Taken::from));
    List<Range> free = new ArrayList<>();
    int from = 0;
    for (Taken range : taken) {
      if (range.from() > from) {
        free.add(new Range(from, range.from()));
      }
      from = Math.max(from, range.until());
    }
    if (from < Layer.BUCKETS) {
      free.add(new Range(from, Layer.BUCKETS));
    }
    return new LayerView(layer.key(), layer.name(), layer.createdAt(), taken, free);
  }

  private static HoldoutView view(StoredHoldout holdout) {
    return new HoldoutView(
        holdout.key(),
        holdout.name(),
        holdout.layer(),
        holdout.range().from(),
        holdout.range().until(),
        holdout.createdAt(),
        holdout.endedAt());
  }

  private static void require(FieldReader fields) {
    List<Violation> violations = fields.violations();
    if (!violations.isEmpty()) {
      throw new ProblemException(
          ProblemCode.INVALID_REQUEST, violations.getFirst().toString(), violations);
    }
  }

  private static ProblemException keyTaken(String what, String key) {
    return new ProblemException(
        ProblemCode.KEY_TAKEN,
        "A " + what + " with key '" + key + "' exists already.",
        List.of(new Violation("key", "must be new; keys are salts and are never used again", key)));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
