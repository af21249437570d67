package io.armwise.service.certificate;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.service.certificate.CertificateStore.Stored;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.simulations.certificate.Budget;
import io.armwise.simulations.certificate.Certificate;
import io.armwise.simulations.certificate.CertificateRun;
import io.armwise.simulations.certificate.CertifiedDesign;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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
  private static final long SEED = 1;
  private static final int MOST_RUNS = 4;

  private final CertificateStore store;
  private final Clock clock;
  private final ExecutorService threads = BackgroundThreads.create("certificate");
  private final Map<Integer, BackgroundRun> runs = new ConcurrentHashMap<>();

  Certificates(CertificateStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Starts to simulate an experiment's design.
   *
   * @param actor who asks
   * @throws ProblemException if the plan does not fit, or a run is under way
   */
  public void start(Experiment experiment, CertificatePlan plan, String actor) {
    CertifiedDesign design = design(experiment.definition(), plan);
    BackgroundRun run = new BackgroundRun("certificate of " + experiment.key());
    runs.compute(
        experiment.id(),
        (id, before) -> {
          if (before != null && before.isRunning()) {
            throw new ProblemException(
                ProblemCode.WRONG_STATUS, "A certificate of this experiment is being made.");
          }
          if (running() >= MOST_RUNS) {
            throw new ProblemException(
                ProblemCode.WRONG_STATUS,
                "At most " + MOST_RUNS + " certificates are made at a time; try again soon.");
          }
          return run;
        });
    run.start(
        progress -> {
          Certificate made =
              new CertificateRun(design, Budget.STANDARD, SEED, threads, progress).make();
          store.add(
              experiment.id(),
              new Stored(
                  clock.instant(),
                  actor,
                  plan,
                  design.toString(),
                  CertificateFigures.of(made, assumptions(experiment.definition(), design))));
        });
  }

  private long running() {
    return runs.values().stream().filter(BackgroundRun::isRunning).count();
  }

  /** Stops the run of an experiment's certificate, if there is one on this node. */
  public void cancel(Experiment experiment) {
    BackgroundRun run = runs.get(experiment.id());
    if (run != null) {
      run.cancel();
    }
  }

  /** How the certificate of an experiment stands. */
  public CertificateView view(Experiment experiment) {
    CertificateView.Made made = newest(experiment).orElse(null);
    BackgroundRun run = runs.get(experiment.id());
    return run == null
        ? new CertificateView(made == null ? "none" : "done", null, null, made)
        : run.view(made);
  }

  /** The newest certificate of an experiment. */
  public Optional<CertificateView.Made> newest(Experiment experiment) {
    return store.newest(experiment).map(stored -> made(experiment.definition(), stored));
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
      return design(definition, stored.plan()).toString().equals(stored.design());
    } catch (ProblemException e) {
      return false;
    }
  }

  private static String sentence(CertificateFigures figures) {
    return String.format(
        Locale.ROOT,
        "In %,d simulated experiments of this design with equal arms, %.1f %% (± %.1f) named a"
            + " false winner.",
        figures.replications().getFirst(),
        100 * figures.falseWinner().value(),
        100 * figures.falseWinner().standardError());
  }

  static CertifiedDesign design(ExperimentDefinition definition, CertificatePlan plan) {
    try {
      boolean continuous = definition.metric().kind() == MetricKind.CONTINUOUS;
      return plan.launchPlan(continuous).designFor(definition);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemCode.INVALID_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  static List<String> assumptions(ExperimentDefinition definition, CertifiedDesign design) {
    List<String> assumptions = new ArrayList<>();
    assumptions.add("Means stand still, and units do not change arms.");
    assumptions.add(
        "Shares are refreshed and verdicts are read once a day; the service refreshes more often.");
    if (definition.metric().kind() != MetricKind.BINARY) {
      assumptions.add(
          "Outcomes come at once; the attribution window only shortens the experiment.");
    }
    switch (definition.metric().kind()) {
      case BINARY -> {}
      case COUNT -> assumptions.add("Counts scatter as Poisson counts do.");
      case CONTINUOUS -> assumptions.add("Values are normal; heavy tails make claims later.");
    }
    assumptions.add(
        "One of "
            + design.arms()
            + " arms is better by the smallest effect, all others are equal; several better arms"
            + " take longer to tell apart.");
    return assumptions;
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }
}
