package io.armwise.service.flag;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.bandits.experiment.Arm;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.Violation;
import io.armwise.service.experiment.AuditTrail;
import io.armwise.service.experiment.ChangeLock;
import io.armwise.service.experiment.ExpectedVersion;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentChanges;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.flag.FlagDocument.ServeDocument;
import io.armwise.service.flag.FlagDocument.VariantDocument;
import io.armwise.service.platform.database.Database;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Every change of a flag: checked as a whole, with its audit entry in one transaction. Thread-safe.
 */
@Singleton
public final class FlagChanges {
  private final Database database;
  private final FlagStore store;
  private final ExperimentStore experiments;
  private final ExperimentChanges experimentChanges;
  private final AuditTrail audit;
  private final Clock clock;

  FlagChanges(
      Database database,
      FlagStore store,
      ExperimentStore experiments,
      ExperimentChanges experimentChanges,
      AuditTrail audit,
      Clock clock) {
    this.database = database;
    this.store = store;
    this.experiments = experiments;
    this.experimentChanges = experimentChanges;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What a flag of this document would serve.
   *
   * @throws ProblemException if the document breaks a rule
   */
  public static Flag.Serving serving(FlagDocument document) {
    return switch (FlagReader.read(document)) {
      case FlagReader.Reading.Valid(Flag.Serving serving) -> serving;
      case FlagReader.Reading.Invalid(List<Violation> broken) -> throw invalid(broken);
    };
  }

  /** Creates a flag. */
  public Flag create(FlagDocument document, ExperimentChanges.Request request) {
    Flag.Serving _ = serving(document);
    String key = String.valueOf(document.key());
    return database.transactionResult(
        transaction -> {
          requireExperiment(transaction, document);
          if (experiments.find(transaction, key).isPresent()) {
            throw ExperimentChanges.keyTaken("An experiment", key);
          }
          return insert(transaction, document, "create-flag", request);
        });
  }

  /** Serves a flag's variants, or to everybody the one for all others. */
  public Flag turn(String key, boolean on, ExperimentChanges.Request request) {
    FlagDocument current =
        store.find(database.dsl(), key).orElseThrow(() -> unknown(key)).document();
    return replace(key, current.withEnabled(on), request);
  }

  /** Replaces a flag. */
  public Flag replace(String key, FlagDocument document, ExperimentChanges.Request request) {
    Flag.Serving _ = serving(document);
    if (!key.equals(document.key())) {
      throw invalid(
          List.of(
              new Violation("key", "cannot change; it is " + key, String.valueOf(document.key()))));
    }
    return database.transactionResult(
        transaction -> {
          Flag current = store.lock(transaction, key).orElseThrow(() -> unknown(key));
          ExpectedVersion.require(request.expectedVersion(), current.version(), "flag");
          requireExperiment(transaction, document);
          Instant now = now();
          long sequence = ChangeLock.nextSequence(transaction);
          Flag changed = store.update(transaction, current, document, sequence, now);
          audit(
              transaction, "change-flag", request, changed, StrictJson.toTree(current.document()));
          return changed;
        });
  }

  /**
   * Ends an experiment and serves one of its arms to everybody under the experiment's key: a flag
   * takes its place.
   */
  public Flag ship(String key, String arm, ExperimentChanges.Request request) {
    Experiment stopped =
        experimentChanges.stopAnd(
            key,
            "ship",
            request,
            (transaction, experiment) -> {
              Flag _ =
                  insert(transaction, winner(experiment.definition(), arm), "ship-flag", request);
            });
    return store.find(database.dsl(), stopped.key()).orElseThrow();
  }

  private static FlagDocument winner(ExperimentDefinition definition, String arm) {
    if (definition.armIndex(arm).isEmpty()) {
      throw new ProblemException(
          ProblemCode.UNKNOWN_ARM,
          "Experiment '" + definition.key() + "' has no arm '" + arm + "'.",
          List.of(new Violation("arm", "must be an arm of the experiment", arm)));
    }
    List<@Nullable VariantDocument> variants = new ArrayList<>();
    for (Arm one : definition.arms()) {
      variants.add(new VariantDocument(one.key(), StrictJson.tree(one.payload())));
    }
    FlagDocument document =
        new FlagDocument(
            definition.key(),
            definition.name(),
            variants,
            null,
            arm,
            new ServeDocument(arm, null, null),
            true);
    Flag.Serving _ = serving(document);
    return document;
  }

  private Flag insert(
      DSLContext transaction,
      FlagDocument document,
      String action,
      ExperimentChanges.Request request) {
    String key = String.valueOf(document.key());
    long sequence = ChangeLock.nextSequence(transaction);
    Flag created =
        store
            .insert(transaction, key, document, sequence, now())
            .orElseThrow(() -> ExperimentChanges.keyTaken("A flag", key));
    audit(transaction, action, request, created, null);
    return created;
  }

  private void audit(
      DSLContext transaction,
      String action,
      ExperimentChanges.Request request,
      Flag flag,
      @Nullable JsonNode before) {
    audit.add(
        transaction,
        audited(flag.key()),
        new AuditTrail.Entry(
            flag.updatedAt(),
            request.caller().name(),
            action,
            flag.version(),
            request.reason(),
            before,
            StrictJson.toTree(flag.document())));
  }

  private void requireExperiment(DSLContext transaction, FlagDocument document) {
    String experiment = document.serve() == null ? null : document.serve().experiment();
    if (experiment != null && experiments.find(transaction, experiment).isEmpty()) {
      throw invalid(
          List.of(
              new Violation("serve.experiment", "must name an existing experiment", experiment)));
    }
  }

  private static ProblemException invalid(List<Violation> violations) {
    return new ProblemException(
        ProblemCode.INVALID_DEFINITION, violations.getFirst().toString(), violations);
  }

  /** What the audit trail calls a flag. */
  public static String audited(String key) {
    return "flag:" + key;
  }

  /** No flag has this key. */
  public static ProblemException unknown(String key) {
    return new ProblemException(ProblemCode.NOT_FOUND, "There is no flag with key '" + key + "'.");
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
