package io.armwise.service.learning;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.inference.Standings;
import io.armwise.posterior.ExactSums;
import io.armwise.service.evidence.EvidenceStore;
import io.armwise.service.evidence.EvidenceStore.ArmSums;
import io.armwise.service.experiment.ChangeLock;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.experiment.ExperimentStore.Sequenced;
import io.armwise.service.platform.database.Database;
import io.armwise.service.snapshot.AllocationStore;
import io.armwise.service.snapshot.AllocationVersion;
import io.armwise.service.snapshot.AllocationVersion.ArmFigures;
import io.armwise.service.snapshot.AllocationVersion.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends allocation versions: one when an experiment starts, one when its definition changes, and
 * one when new evidence has moved the shares by what matters. Not thread-safe; {@link LearnerLoop}
 * sees to it that one thread in the whole cluster learns at a time.
 */
@Singleton
final class Learner {
  private static final Logger LOG = LoggerFactory.getLogger(Learner.class);

  /**
   * Shares that have moved less than this, in total variation, are not worth a version: at most one
   * unit in a thousand would get another arm.
   */
  static final double SMALLEST_STEP = 1e-3;

  /** New evidence is recorded at least this often, so that the course of an experiment is kept. */
  static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

  /**
   * So many versions are committed together: each commit waits for the disk, and whoever changes an
   * experiment meanwhile waits for the commit.
   */
  private static final int AT_ONCE = 100;

  private final Database database;
  private final ExperimentStore experiments;
  private final EvidenceStore evidence;
  private final AllocationStore allocations;
  private final Clock clock;
  private final Timer delay;

  private final Map<Integer, Experiment> learning = new HashMap<>();
  private final Map<Integer, AllocationVersion> newest = new HashMap<>();
  // Per experiment the receipt of the oldest event that none of its allocations knows yet.
  private final Map<Integer, Instant> unlearned = new HashMap<>();
  private Map<Integer, Long> lookedAt = Map.of();
  private long seen;

  Learner(
      Database database,
      ExperimentStore experiments,
      EvidenceStore evidence,
      AllocationStore allocations,
      MeterRegistry meters,
      Clock clock) {
    this.database = database;
    this.experiments = experiments;
    this.evidence = evidence;
    this.allocations = allocations;
    this.clock = clock;
    this.delay =
        Timer.builder("armwise.allocation.delay")
            .description("From the log's receipt of an event to the allocation that it has changed")
            .publishPercentiles(0.5, 0.99)
            .serviceLevelObjectives(
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30))
            .register(meters);
  }

  /** Forgets what it knows, after somebody else may have learned. */
  void reset() {
    learning.clear();
    newest.clear();
    unlearned.clear();
    lookedAt = Map.of();
    seen = 0;
  }

  /** Looks at the evidence of all experiments and appends what is due; tells how many. */
  int learn() {
    List<Draft> drafts =
        database.snapshotResult(
            transaction -> {
              for (Sequenced changed : experiments.startedSince(transaction, seen)) {
                learning.put(changed.experiment().id(), changed.experiment());
                seen = Math.max(seen, changed.sequence());
              }
              learning.values().removeIf(experiment -> !experiment.status().isLearning());
              Map<Integer, Long> positions = evidence.positions(transaction);
              Optional<Instant> received = evidence.oldestOfNewest(transaction, lookedAt);
              lookedAt = positions;
              List<Due> due = new ArrayList<>();
              for (Experiment experiment : learning.values()) {
                AllocationVersion before =
                    newest.computeIfAbsent(
                        experiment.id(), id -> allocations.newest(transaction, id).orElse(null));
                Basis basis = new Basis(positions, exposedBefore(experiment));
                received.ifPresent(at -> unlearned.merge(experiment.id(), at, Learner::earlier));
                if (isDue(experiment, before, basis)) {
                  due.add(new Due(experiment, before, basis));
                }
              }
              return drafts(transaction, due);
            });
    for (int from = 0; from < drafts.size(); from += AT_ONCE) {
      append(drafts.subList(from, Math.min(drafts.size(), from + AT_ONCE)));
    }
    return drafts.size();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private record Draft(
      Experiment experiment,
      @Nullable AllocationVersion before,
      Reason reason,
      Shares shares,
      List<ArmFigures> arms,
      double numericalError,
      Basis basis) {}

  /**
   * Which evidence an allocation is made from.
   *
   * @param positions per partition the next offset of the log
   * @param exposedBefore units exposed before this hour count
   */
  private record Basis(Map<Integer, Long> positions, int exposedBefore) {
    static Basis of(AllocationVersion version) {
      return new Basis(version.positions(), version.exposedBefore());
    }
  }

  private int exposedBefore(Experiment experiment) {
    return switch (experiment.definition().measurement().learnFrom()) {
      case ALL -> AllocationVersion.FROM_ALL;
      case MATURED ->
          EvidenceStore.firstPendingHour(
              clock.instant(), experiment.definition().attributionWindow());
    };
  }

  private boolean isDue(Experiment experiment, @Nullable AllocationVersion before, Basis basis) {
    if (before == null || before.definitionVersion() < experiment.version()) {
      return true;
    }
    Duration age = Duration.between(before.createdAt(), clock.instant());
    return age.compareTo(experiment.definition().refresh()) >= 0 && !Basis.of(before).equals(basis);
  }

  /** Experiments that may get a new allocation, of which the evidence has not been looked at. */
  private record Due(Experiment experiment, @Nullable AllocationVersion before, Basis basis) {
    EvidenceStore.Wanted wanted() {
      ExperimentDefinition definition = experiment.definition();
      return new EvidenceStore.Wanted(
          experiment.id(),
          definition.metric().key(),
          definition.arms().size(),
          basis.exposedBefore());
    }
  }

  private List<Draft> drafts(DSLContext transaction, List<Due> due) {
    List<Draft> drafts = new ArrayList<>();
    List<Supplier<List<ArmSums>>> sums =
        evidence.sums(transaction, due.stream().map(Due::wanted).toList());
    for (int i = 0; i < due.size(); i++) {
      int experiment = due.get(i).experiment().id();
      draftAlone(due.get(i), sums.get(i))
          .ifPresentOrElse(drafts::add, () -> unlearned.remove(experiment));
    }
    return drafts;
  }

  /** One experiment whose numbers cannot be had must not keep the others from learning. */
  private Optional<Draft> draftAlone(Due due, Supplier<List<ArmSums>> sums) {
    try {
      List<ExactSums> learned = sums.get().stream().map(ArmSums::mature).toList();
      return draft(due.experiment(), due.before(), learned, due.basis());
    } catch (ArithmeticException | IllegalArgumentException e) {
      LOG.error("Experiment {} keeps its allocation", due.experiment().key(), e);
      return Optional.empty();
    }
  }

  private Optional<Draft> draft(
      Experiment experiment,
      @Nullable AllocationVersion before,
      List<ExactSums> sums,
      Basis basis) {
    boolean redefined = before == null || before.definitionVersion() < experiment.version();
    if (!redefined && isSameEvidence(before, sums)) {
      return Optional.empty();
    }
    Standings standings = Standings.of(experiment.definition(), sums);
    Shares shares = standings.allocate(before == null ? null : before.shares()).shares();
    if (!redefined && before != null) {
      boolean moved = before.shares().distance(shares) >= SMALLEST_STEP;
      Duration silence = Duration.between(before.createdAt(), clock.instant());
      if (!moved && silence.compareTo(LONGEST_SILENCE) < 0) {
        return Optional.empty();
      }
    }
    Reason reason =
        before == null ? Reason.STARTED : redefined ? Reason.DEFINITION : Reason.EVIDENCE;
    return Optional.of(
        new Draft(
            experiment,
            before,
            reason,
            shares,
            figures(standings),
            standings.numericalError(),
            basis));
  }

  private static boolean isSameEvidence(@Nullable AllocationVersion before, List<ExactSums> sums) {
    if (before == null || before.arms().size() != sums.size()) {
      return false;
    }
    for (int arm = 0; arm < sums.size(); arm++) {
      ArmFigures figures = before.arms().get(arm);
      ExactSums known = new ExactSums(figures.units(), figures.sum(), figures.sumOfSquares());
      if (!known.equals(sums.get(arm))) {
        return false;
      }
    }
    return true;
  }

  private static List<ArmFigures> figures(Standings standings) {
    List<ArmFigures> figures = new ArrayList<>();
    for (int arm = 0; arm < standings.definition().arms().size(); arm++) {
      ExactSums sums = standings.evidence(arm);
      boolean compared =
          standings.isComparable() && !standings.definition().arms().get(arm).retired();
      figures.add(
          new ArmFigures(
              sums.count(),
              sums.sum(),
              sums.sumOfSquares(),
              standings.posterior(arm).mean(),
              compared ? standings.probabilityToBeBest(arm) : null,
              compared ? standings.expectedLoss(arm) : null));
    }
    return figures;
  }

  private void append(List<Draft> drafts) {
    List<AllocationVersion> appended =
        database.transactionResult(
            transaction -> {
              List<AllocationVersion> versions = new ArrayList<>();
              for (Draft draft : drafts) {
                AllocationVersion version = version(draft, ChangeLock.nextSequence(transaction));
                allocations.append(transaction, version);
                versions.add(version);
              }
              return versions;
            });
    for (int i = 0; i < drafts.size(); i++) {
      AllocationVersion version = appended.get(i);
      newest.put(version.experiment(), version);
      Instant receivedAt = unlearned.remove(version.experiment());
      if (receivedAt != null && drafts.get(i).reason() == Reason.EVIDENCE) {
        delay.record(Duration.between(receivedAt, clock.instant()));
      }
    }
  }

  private AllocationVersion version(Draft draft, long sequence) {
    return new AllocationVersion(
        sequence,
        draft.experiment().id(),
        draft.before() == null ? 1 : draft.before().version() + 1,
        draft.experiment().version(),
        draft.reason(),
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        draft.shares(),
        draft.arms(),
        draft.numericalError(),
        draft.basis().positions(),
        draft.basis().exposedBefore());
  }
}
