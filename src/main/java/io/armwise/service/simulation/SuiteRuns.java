package io.armwise.service.simulation;

import io.armwise.service.platform.BuildVersion;
import io.armwise.service.platform.background.BackgroundRun;
import io.armwise.service.platform.background.BackgroundThreads;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.simulations.report.HtmlReport;
import io.armwise.simulations.suite.Cell;
import io.armwise.simulations.suite.Manifest;
import io.armwise.simulations.suite.Reduction;
import io.armwise.simulations.suite.ResultFolder;
import io.armwise.simulations.suite.Suite;
import io.armwise.simulations.suite.SuiteException;
import io.armwise.simulations.suite.SuiteFile;
import io.armwise.simulations.suite.SuiteRun;
import io.armwise.simulations.suite.Summary;
import io.armwise.simulations.trial.Design;
import io.armwise.simulations.world.Visitors;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs suites in the background, one at a time. The newest {@value #KEPT} are kept on the node that
 * ran them, until it stops. Thread-safe.
 */
@Singleton
public final class SuiteRuns {
  /** So many runs are kept. */
  public static final int KEPT = 10;

  /** Simulated experiments that a suite may take here; larger ones run from the command line. */
  public static final long MOST_TRIALS = 1_000_000;

  /** Means of arms by day, or units that return, that one simulated experiment may hold here. */
  private static final long MOST_KEPT = 1_000_000;

  /** Tables of a finished run. */
  public static final List<String> TABLES = List.of("summary", "curves", "calibration");

  private static final Logger LOG = LoggerFactory.getLogger(SuiteRuns.class);

  private final Clock clock;
  private final ExecutorService threads = BackgroundThreads.create("suite");
  private final Deque<Kept> kept = new ArrayDeque<>();

  SuiteRuns(Clock clock) {
    this.clock = clock;
  }

  /**
   * A run as it stands.
   *
   * @param text of the suite, as it was given
   * @param status one of running, done, failed, cancelled
   * @param progress in [0, 1]; absent unless it is under way
   * @param failure why it failed; absent otherwise
   * @param report the page of results; absent before it is done
   */
  public record RunningSuite(
      String id,
      Instant askedAt,
      String actor,
      String text,
      Suite suite,
      String status,
      @Nullable Double progress,
      @Nullable String failure,
      @Nullable String report) {}

  /** A run with what came out of it. */
  private static final class Kept {
    private final String id = UUID.randomUUID().toString();
    private final Instant askedAt;
    private final String actor;
    private final String text;
    private final ResultFolder results;
    private final BackgroundRun run = new BackgroundRun("suite");
    private volatile @Nullable String report;

    Kept(Instant askedAt, String actor, String text, ResultFolder results) {
      this.askedAt = askedAt;
      this.actor = actor;
      this.text = text;
      this.results = results;
    }

    RunningSuite view() {
      return new RunningSuite(
          id,
          askedAt,
          actor,
          text,
          results.suite().suite(),
          run.status(),
          run.progress(),
          run.failure(),
          report);
    }
  }

  /**
   * Starts to run a suite.
   *
   * @param text in YAML, complete in itself
   * @param actor who asks
   * @return the run's id
   * @throws ProblemException if it is no suite, too large, or another one is under way
   */
  public synchronized String start(String text, String actor) {
    SuiteFile file;
    try {
      file = SuiteFile.parse("suite", text);
    } catch (SuiteException | IllegalArgumentException e) {
      throw new ProblemException(ProblemCode.INVALID_REQUEST, String.valueOf(e.getMessage()));
    }
    long trials = (long) file.suite().cells().size() * file.suite().replications();
    if (!(trials <= MOST_TRIALS)) {
      throw new ProblemException(
          ProblemCode.INVALID_REQUEST,
          "A suite here may take at most %,d simulated experiments; this one takes %,d. Lower its replications, or run it from the command line."
              .formatted(MOST_TRIALS, trials));
    }
    for (Cell cell : file.suite().cells()) {
      requireSmall(cell.design());
    }
    if (kept.stream().anyMatch(one -> one.run.isRunning())) {
      throw new ProblemException(
          ProblemCode.WRONG_STATUS, "One suite runs at a time; wait for it or cancel it.");
    }
    Kept asked = new Kept(clock.instant(), actor, text, newFolder(file));
    kept.addFirst(asked);
    while (kept.size() > KEPT) {
      delete(kept.removeLast().results.path());
    }
    asked.run.start(progress -> asked.report = run(asked.results, progress));
    return asked.id;
  }

  /** What one experiment holds in memory must leave room for the decisions of this node. */
  private static void requireSmall(Design design) {
    long means = (long) design.schedule().days() * design.world().arms();
    long units =
        design.world().visitors() instanceof Visitors.Returning(int returning, boolean sticky)
            ? returning
            : 0;
    if (!(means <= MOST_KEPT && units <= MOST_KEPT)) {
      throw new ProblemException(
          ProblemCode.INVALID_REQUEST,
          "A suite here may have at most %,d units that return, and as many days times arms; this one has %,d and %,d. Run it from the command line."
              .formatted(MOST_KEPT, units, means));
    }
  }

  private String run(ResultFolder results, DoubleConsumer progress) throws InterruptedException {
    SuiteRun run = new SuiteRun(results, SuiteRun.Shard.ALL);
    Manifest.write(results, BuildVersion.current());
    double blocks = Math.max(1, run.blocks().size());
    AtomicInteger done = new AtomicInteger();
    run.run(threads, more -> progress.accept(done.addAndGet(more) / blocks));
    Summary summary = Reduction.write(results);
    return HtmlReport.of(results.suite().suite(), summary);
  }

  /** The runs that are kept, newest first. */
  public synchronized List<RunningSuite> all() {
    return kept.stream().map(Kept::view).toList();
  }

  /** A run of this node. */
  public synchronized Optional<RunningSuite> find(String id) {
    return kept(id).map(Kept::view);
  }

  /**
   * A table of a finished run.
   *
   * @param name one of {@link #TABLES}
   * @return its text as CSV
   */
  public synchronized Optional<String> table(String id, String name) {
    return kept(id)
        .filter(one -> one.report != null && TABLES.contains(name))
        .map(one -> one.results.path().resolve(name + ".csv"))
        .filter(Files::exists)
        .map(SuiteRuns::read);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Kept> kept(String id) {
    return kept.stream().filter(one -> one.id.equals(id)).findFirst();
  }

  /** Stops a run, if it is under way. */
  public synchronized void cancel(String id) {
    kept(id).ifPresent(one -> one.run.cancel());
  }

  private static ResultFolder newFolder(SuiteFile file) {
    try {
      return ResultFolder.prepare(Files.createTempDirectory("armwise-suite"), file, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.warn("The results of a simulation could not be deleted: {}", folder, e);
    }
  }

  @PreDestroy
  synchronized void close() {
    kept.forEach(one -> one.run.cancel());
    threads.shutdownNow();
    kept.forEach(one -> delete(one.results.path()));
  }
}
