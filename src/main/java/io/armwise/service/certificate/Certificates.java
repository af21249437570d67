package io.armwise.service.certificate;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.service.certificate.CertificateStore.Stored;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.platform.background.BackgroundRun;
import io.armwise.service.platform.background.BackgroundThreads;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/**
 * Makes certificates in the background, at most one at a time per experiment, and keeps the newest.
 * A run belongs to the node that started it. Thread-safe.
 */
@Singleton
public final class Certificates {
  private static final int MOST_RUNS = 4;

  private final CertificateStore store;
  private final CertificateBudget budget;
  private final Clock clock;
  private final ExecutorService threads = BackgroundThreads.create("certificate");
  private final Map<Integer, Run> runs = new ConcurrentHashMap<>();

  Certificates(CertificateStore store, CertificateBudget budget, Clock clock) {
    this.store = store;
    this.budget = budget;
    this.clock = clock;
  }

  /** A run with what it was asked for. */
  private record Run(BackgroundRun work, CertificatePlan plan) {}

  /**
   * Starts to simulate an experiment's design.
   *
   * @param actor who asks
   * @throws ProblemException if the plan does not fit, or a run is under way
   */
  public void start(Experiment experiment, CertificatePlan plan, String actor) {
    Commission commission = Commission.of(experiment.definition(), plan, actor);
    BackgroundRun work = new BackgroundRun("certificate of " + experiment.key());
    runs.compute(
        experiment.id(),
        (_, before) -> {
          if (before != null && before.work().isRunning()) {
            throw new ProblemException(
                ProblemCode.WRONG_STATUS, "A certificate of this experiment is being made.");
          }
          if (running() >= MOST_RUNS) {
            throw new ProblemException(
                ProblemCode.WRONG_STATUS,
                "At most " + MOST_RUNS + " certificates are made at a time; try again soon.");
          }
          return new Run(work, plan);
        });
    work.start(
        progress ->
            store.add(
                experiment.id(),
                commission.carryOut(budget.ofCertificates(), threads, clock, progress)));
  }

  private long running() {
    return runs.values().stream().filter(run -> run.work().isRunning()).count();
  }

  /** Stops the run of an experiment's certificate, if there is one on this node. */
  public void cancel(Experiment experiment) {
    Run run = runs.get(experiment.id());
    if (run != null) {
      run.work().cancel();
    }
  }

  /** How the certificate of an experiment stands. */
  public CertificateView view(Experiment experiment) {
    return view(experiment, experiment.definition());
  }

  /**
   * How the certificate of an experiment stands, held against another definition of it.
   *
   * @param definition that is current, such as one that is being written
   */
  public CertificateView view(Experiment experiment, ExperimentDefinition definition) {
    Run run = runs.get(experiment.id());
    // First how the run stands: once that is done, its certificate is there to be read.
    CertificateView standing = run == null ? null : CertificateView.of(run.work(), null);
    CertificateView.Made made =
        store.newest(experiment).map(stored -> made(definition, stored)).orElse(null);
    return standing == null
        ? new CertificateView(made == null ? "none" : "done", null, null, made)
        : new CertificateView(standing.status(), standing.progress(), standing.failure(), made);
  }

  /** The newest certificate of an experiment. */
  public Optional<CertificateView.Made> newest(Experiment experiment) {
    return store.newest(experiment).map(stored -> made(experiment.definition(), stored));
  }

  /** The plan that was asked for last. */
  public Optional<CertificatePlan> plan(Experiment experiment) {
    Run run = runs.get(experiment.id());
    return run == null
        ? store.newest(experiment).map(CertificateStore.Stored::plan)
        : Optional.of(run.plan());
  }

  static CertificateView.Made made(ExperimentDefinition definition, Stored stored) {
    CertificateFigures figures = stored.figures();
    return new CertificateView.Made(
        stored.madeAt(),
        stored.plan(),
        isCurrent(definition, stored),
        figures.falseWinner(),
        figures.power(),
        figures.days(),
        figures.days90(),
        figures.daysWithoutEffect(),
        figures.expectedLoss(),
        figures.regretSaved(),
        figures.calibration(),
        figures.replications(),
        figures.assumptions(),
        sentence(figures));
  }

  private static boolean isCurrent(ExperimentDefinition definition, Stored stored) {
    try {
      return Commission.of(definition, stored.plan(), stored.actor()).isOf(stored);
    } catch (ProblemException e) {
      return false;
    }
  }

  private static String sentence(CertificateFigures figures) {
    return String.format(
        Locale.ROOT,
        "In %,d simulated experiments of this design with equal arms, %s named a false winner.",
        figures.replications().getFirst(),
        figures.falseWinner().percent());
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }
}
