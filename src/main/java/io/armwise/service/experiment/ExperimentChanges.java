package io.armwise.service.experiment;

import static io.armwise.schema.Tables.FLAG;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.bandits.experiment.LifecycleAction;
import io.armwise.bandits.experiment.Violation;
import io.armwise.service.experiment.ExperimentDocument.ArmDocument;
import io.armwise.service.platform.database.Database;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.platform.security.Principal;
import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Every change of an experiment: checked as a whole, stored with its audit entry in one
 * transaction, then announced. Thread-safe.
 */
@Singleton
public final class ExperimentChanges {
  private final Database database;
  private final ExperimentStore store;
  private final ExperimentVersions versions;
  private final Placement placement;
  private final AuditTrail audit;
  private final Clock clock;
  private final ApplicationEventPublisher<ExperimentChanged> announcements;

  ExperimentChanges(
      Database database,
      ExperimentStore store,
      ExperimentVersions versions,
      Placement placement,
      AuditTrail audit,
      Clock clock,
      ApplicationEventPublisher<ExperimentChanged> announcements) {
    this.database = database;
    this.store = store;
    this.versions = versions;
    this.placement = placement;
    this.audit = audit;
    this.clock = clock;
    this.announcements = announcements;
  }

  /**
   * Who asks, and on what they base it.
   *
   * @param caller who
   * @param expectedVersion the version that the caller has seen, if named
   * @param reason for the audit trail, if given
   */
  public record Request(Principal caller, OptionalInt expectedVersion, @Nullable String reason) {}

  /** Creates a draft. */
  public Experiment create(ExperimentDocument given, Request request) {
    ExperimentDefinition definition = valid(given);
    ExperimentDocument document = DefinitionWriter.write(definition);
    return database.transactionResult(
        transaction -> {
          requirePlace(transaction, definition, ExperimentStatus.DRAFT);
          if (transaction.fetchExists(FLAG, FLAG.KEY.eq(definition.key()))) {
            throw keyTaken("A flag", definition.key());
          }
          Instant now = now();
          Experiment created =
              store
                  .insert(transaction, document, now)
                  .orElseThrow(() -> keyTaken("An experiment", definition.key()));
          audit.add(
              transaction,
              created.key(),
              new AuditTrail.Entry(
                  now,
                  request.caller().name(),
                  "create",
                  created.version(),
                  request.reason(),
                  null,
                  StrictJson.toTree(document)));
          return created;
        });
  }

  /** Somebody else has a key that was meant to be new. */
  public static ProblemException keyTaken(String what, String key) {
    return new ProblemException(
        ProblemCode.KEY_TAKEN,
        what + " with key '" + key + "' exists already.",
        List.of(new Violation("key", "must be new", key)));
  }

  /** Replaces the definition: freely while a draft, within limits once started. */
  public Experiment replace(String key, ExperimentDocument given, Request request) {
    ExperimentDefinition wanted = valid(given);
    return change(
        key,
        "change",
        request,
        current -> {
          if (!wanted.key().equals(key)) {
            throw invalid(
                List.of(new Violation("key", "cannot change; it is " + key, wanted.key())));
          }
          return new Change(wanted, current.status());
        });
  }

  /** Adds an arm at the end. */
  public Experiment addArm(String key, ArmDocument arm, Request request) {
    return changeArms(
        key,
        "add-arm",
        request,
        arms -> {
          List<@Nullable ArmDocument> more = new ArrayList<>(arms);
          more.add(new ArmDocument(arm.key(), arm.name(), arm.payload(), false, false));
          return more;
        });
  }

  /** Ends an arm's traffic for good. */
  public Experiment retireArm(String key, String armKey, Request request) {
    return changeArms(
        key,
        "retire-arm",
        request,
        arms -> {
          List<@Nullable ArmDocument> changed = new ArrayList<>();
          boolean found = false;
          for (ArmDocument arm : arms) {
            boolean match = arm != null && armKey.equals(arm.key());
            found |= match;
            changed.add(
                arm != null && match
                    ? new ArmDocument(arm.key(), arm.name(), arm.payload(), arm.control(), true)
                    : arm);
          }
          if (!found) {
            throw new ProblemException(
                ProblemCode.UNKNOWN_ARM, "Experiment '" + key + "' has no arm '" + armKey + "'.");
          }
          return changed;
        });
  }

  /** Lets another fraction of all units take part; while an experiment runs it may only grow. */
  public Experiment changeTraffic(String key, double trafficShare, Request request) {
    return change(
        key,
        "change-traffic",
        request,
        current ->
            new Change(valid(current.document().withTrafficShare(trafficShare)), current.status()));
  }

  /** Moves the experiment to another status. */
  public Experiment act(String key, LifecycleAction action, Request request) {
    String name = action.name().toLowerCase(Locale.ROOT);
    return change(
        key,
        name,
        request,
        current -> {
          if (!action.isAllowedIn(current.status())) {
            throw wrongStatus(current, name);
          }
          return new Change(current.definition(), action.target());
        });
  }

  /**
   * Gives everybody the control arm at once, overrides and tokens included, or takes that back. It
   * needs no version: in an emergency nobody should have to read first.
   */
  public Experiment kill(String key, boolean killed, Request request) {
    return change(
        key,
        killed ? "kill" : "revive",
        request,
        current ->
            new Change(
                current.definition().with(current.definition().participation().withKilled(killed)),
                current.status()));
  }

  /**
   * Stops an experiment that has been started, if it is not stopped yet, and does more in the same
   * transaction.
   *
   * @param action its name in the audit trail
   */
  public Experiment stopAnd(
      String key, String action, Request request, BiConsumer<DSLContext, Experiment> more) {
    return change(
        key,
        action,
        request,
        current -> {
          if (current.status() != ExperimentStatus.STOPPED
              && !LifecycleAction.STOP.isAllowedIn(current.status())) {
            throw wrongStatus(current, action);
          }
          return new Change(current.definition(), ExperimentStatus.STOPPED);
        },
        more);
  }

  /** Raises the share of traffic; what else is defined stays. */
  public Experiment raiseTraffic(String key, double share, Request request) {
    return change(
        key,
        "raise-traffic",
        request,
        current -> new Change(current.definition().withTrafficShare(share), current.status()));
  }

  /**
   * Notes that an experiment's evidence is made anew, perhaps by another measurement, within the
   * transaction that does it and that lets nobody else change experiments.
   *
   * @param measured as what it measures from now on, and measured ever since
   */
  public Experiment countAnew(
      DSLContext transaction, Experiment current, ExperimentDefinition measured, Request request) {
    ExperimentDefinition definition = current.definition().measuredLike(measured);
    List<Violation> broken = definition.violations();
    if (!broken.isEmpty()) {
      throw invalid(broken);
    }
    Instant now = now();
    ExperimentDocument document = DefinitionWriter.write(definition);
    Experiment after = store.update(transaction, current, document, current.status(), now);
    versions.append(transaction, after, true);
    boolean same = current.definition().equals(definition);
    audit.add(
        transaction,
        current.key(),
        new AuditTrail.Entry(
            now,
            request.caller().name(),
            "count-anew",
            after.version(),
            request.reason(),
            same ? null : StrictJson.toTree(current.document()),
            same ? null : StrictJson.toTree(document)));
    return after;
  }

  private void requirePlace(
      DSLContext transaction, ExperimentDefinition definition, ExperimentStatus status) {
    List<Violation> broken = placement.violations(transaction, definition, status);
    if (!broken.isEmpty()) {
      throw invalid(broken);
    }
  }

  private record Change(ExperimentDefinition definition, ExperimentStatus status) {}

  private interface Decision {
    Change of(Experiment current);
  }

  private Experiment changeArms(
      String key, String action, Request request, UnaryOperator<List<@Nullable ArmDocument>> arms) {
    return change(
        key,
        action,
        request,
        current -> {
          ExperimentDocument before = current.document();
          List<@Nullable ArmDocument> armsBefore =
              before.arms() == null ? List.of() : before.arms();
          ExperimentDocument after = before.withArms(arms.apply(armsBefore));
          return new Change(valid(after), current.status());
        });
  }

  private Experiment change(String key, String action, Request request, Decision decision) {
    return change(key, action, request, decision, (_, _) -> {});
  }

  private Experiment change(
      String key,
      String action,
      Request request,
      Decision decision,
      BiConsumer<DSLContext, Experiment> more) {
    Experiment changed =
        database.transactionResult(
            transaction -> {
              Experiment current =
                  store
                      .lock(transaction, key)
                      .orElseThrow(() -> ProblemException.unknownExperiment(key));
              ExpectedVersion.require(request.expectedVersion(), current.version(), "experiment");
              Change change = decision.of(current);
              requireAllowed(current, change, action);
              if (!change.status().equals(current.status())
                  || !current.definition().equals(change.definition())) {
                requirePlace(transaction, change.definition(), change.status());
              }
              Instant now = now();
              ExperimentDocument document = DefinitionWriter.write(change.definition());
              Experiment after = store.update(transaction, current, document, change.status(), now);
              versions.append(transaction, after);
              boolean sameDefinition = current.definition().equals(change.definition());
              audit.add(
                  transaction,
                  key,
                  new AuditTrail.Entry(
                      now,
                      request.caller().name(),
                      action,
                      after.version(),
                      request.reason(),
                      sameDefinition ? null : StrictJson.toTree(current.document()),
                      sameDefinition ? null : StrictJson.toTree(document)));
              more.accept(transaction, after);
              return after;
            });
    announcements.publishEvent(new ExperimentChanged(changed));
    return changed;
  }

  private static void requireAllowed(Experiment current, Change change, String action) {
    boolean sameDefinition = current.definition().equals(change.definition());
    switch (current.status()) {
      case DRAFT -> {}
      case RUNNING, PAUSED -> {
        List<Violation> broken = current.definition().violationsOfChangeTo(change.definition());
        if (!broken.isEmpty()) {
          throw invalid(broken);
        }
      }
      case STOPPED, ARCHIVED -> {
        if (!sameDefinition) {
          throw wrongStatus(current, action);
        }
      }
    }
  }

  private static ProblemException wrongStatus(Experiment current, String action) {
    String status = current.status().name().toLowerCase(Locale.ROOT);
    return new ProblemException(
        ProblemCode.WRONG_STATUS,
        "Experiment '" + current.key() + "' is " + status + ", which does not allow: " + action,
        List.of(new Violation("status", "does not allow '" + action + "'", status)));
  }

  private static ExperimentDefinition valid(ExperimentDocument document) {
    return switch (DefinitionReader.read(document)) {
      case DefinitionReader.Reading.Valid valid -> valid.definition();
      case DefinitionReader.Reading.Invalid(List<Violation> violations) ->
          throw invalid(violations);
    };
  }

  private static ProblemException invalid(List<Violation> violations) {
    return new ProblemException(
        ProblemCode.INVALID_DEFINITION,
        violations.size() == 1
            ? violations.getFirst().toString()
            : violations.size() + " rules are broken; the first: " + violations.getFirst(),
        violations);
  }

  /** PostgreSQL keeps microseconds; so that what is answered equals what is read later. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
