package io.armwise.service.analysis;

import io.armwise.service.evidence.EvidenceStore;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.platform.database.Database;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Reports that may be a few seconds old, for pages that show many of them. A report holds while its
 * experiment's version and the positions of the log are the same; where the log moves all the time
 * it holds for {@link #FRESH}. Thread-safe.
 */
@Singleton
public final class ReportCache {
  /** How old a report may be while events arrive. */
  static final Duration FRESH = Duration.ofSeconds(5);

  /** How old it may be at all: days go by and attribution windows close without any event. */
  static final Duration OLDEST = Duration.ofMinutes(1);

  /** Fewer than the pool has connections, so that a long list does not starve the rest. */
  private static final int AT_ONCE = 4;

  private final Reports reports;
  private final EvidenceStore evidence;
  private final Database database;
  private final Clock clock;
  private final Map<Integer, Kept> kept = new ConcurrentHashMap<>();

  ReportCache(Reports reports, EvidenceStore evidence, Database database, Clock clock) {
    this.reports = reports;
    this.evidence = evidence;
    this.database = database;
    this.clock = clock;
  }

  private record Kept(int version, Map<Integer, Long> positions, Report report) {}

  /** The reports of experiments, in their order. */
  public List<Report> of(List<Experiment> experiments) {
    Map<Integer, Long> positions = evidence.positions(database.dsl());
    Instant now = clock.instant();
    List<Future<Report>> due = new ArrayList<>();
    try (ExecutorService workers =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      for (Experiment experiment : experiments) {
        Report known = known(experiment, positions, now);
        due.add(
            known == null
                ? workers.submit(() -> make(experiment, positions))
                : CompletableFuture.completedFuture(known));
      }
      List<Report> made = new ArrayList<>();
      for (Future<Report> report : due) {
        made.add(report.get());
      }
      return made;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reports were made", e);
    }
  }

  private @Nullable Report known(Experiment experiment, Map<Integer, Long> positions, Instant now) {
    Kept known = kept.get(experiment.id());
    if (known == null || known.version() != experiment.version()) {
      return null;
    }
    Duration age = Duration.between(known.report().asOf(), now);
    boolean still = !experiment.status().isLearning() || known.positions().equals(positions);
    return age.compareTo(still ? OLDEST : FRESH) <= 0 ? known.report() : null;
  }

  private Report make(Experiment experiment, Map<Integer, Long> positions) {
    Report report = reports.of(experiment);
    kept.put(experiment.id(), new Kept(experiment.version(), positions, report));
    return report;
  }
}
