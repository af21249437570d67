package io.armwise.service.certificate;

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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes certificates in the background, at most one at a time per experiment, and keeps the newest.
 * A run belongs to the node that started it. Thread-safe.
 */
@Singleton
public final class Certificates {
  private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);
  private static final long SEED = 1;
  private static final int MOST_RUNS = 4;

  private final CertificateStore store;
  private final Clock clock;
  private final ExecutorService threads = BackgroundThreads.create("certificate");
  private final Map<Integer, Run> runs = new ConcurrentHashMap<>();

  Certificates(CertificateStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** How a run stands. */
  private enum State {
    RUNNING,
    DONE,
    FAILED,
    CANCELLED
  }

  /** A run; its thread writes, requests read. */
  private static final class Run {
    private volatile State state = State.RUNNING;
    private volatile double progress;
    private volatile @Nullable String failure;
    private volatile @Nullable Thread thread;
  }

  /**
   * Starts to simulate an experiment's design.
   *
   * @param actor who asks
   * @throws ProblemException if the plan does not fit, or a run is under way
   */
  public void start(Experiment experiment, CertificatePlan plan, String actor) {
    CertifiedDesign design = design(experiment, plan);
    Run run = new Run();
    runs.compute(
        experiment.id(),
        (id, before) -> {
          if (before != null && before.state == State.RUNNING) {
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
    run.thread =
        Thread.ofVirtual()
            .name("certificate of " + experiment.key())
            .start(() -> make(run, experiment, plan, design, actor));
  }

  private long running() {
    return runs.values().stream().filter(run -> run.state == State.RUNNING).count();
  }

  private void make(
      Run run, Experiment experiment, CertificatePlan plan, CertifiedDesign design, String actor) {
    try {
      Certificate made =
          new CertificateRun(
                  design, Budget.STANDARD, SEED, threads, fraction -> run.progress = fraction)
              .make();
      store.add(
          experiment.id(),
          new Stored(
              clock.instant(),
              actor,
              plan,
              design.toString(),
              CertificateFigures.of(made, assumptions(experiment, design))));
      run.state = State.DONE;
    } catch (InterruptedException e) {
      run.state = State.CANCELLED;
    } catch (RuntimeException e) {
      LOG.error("The certificate of {} could not be made", experiment.key(), e);
      run.failure = String.valueOf(e.getMessage());
      run.state = State.FAILED;
    }
  }

  /** Stops the run of an experiment's certificate, if there is one on this node. */
  public void cancel(Experiment experiment) {
    Run run = runs.get(experiment.id());
    if (run != null && run.state == State.RUNNING) {
      Thread thread = run.thread;
      if (thread != null) {
        thread.interrupt();
      }
    }
  }

  /** How the certificate of an experiment stands. */
  public CertificateView view(Experiment experiment) {
    CertificateView.Made made = newest(experiment).orElse(null);
    Run run = runs.get(experiment.id());
    if (run == null) {
      return new CertificateView(made == null ? "none" : "done", null, null, made);
    }
    return new CertificateView(
        run.state.name().toLowerCase(Locale.ROOT),
        run.state == State.RUNNING ? run.progress : null,
        run.failure,
        made);
  }

  /** The newest certificate of an experiment. */
  public Optional<CertificateView.Made> newest(Experiment experiment) {
    return store.newest(experiment).map(stored -> made(experiment, stored));
  }

  private static CertificateView.Made made(Experiment experiment, Stored stored) {
    CertificateFigures figures = stored.figures();
    return new CertificateView.Made(
        stored.madeAt(),
        stored.plan(),
        isCurrent(experiment, stored),
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

  private static boolean isCurrent(Experiment experiment, Stored stored) {
    try {
      return design(experiment, stored.plan()).toString().equals(stored.design());
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

  private static CertifiedDesign design(Experiment experiment, CertificatePlan plan) {
    try {
      boolean continuous = experiment.definition().metric().kind() == MetricKind.CONTINUOUS;
      return plan.launchPlan(continuous).designFor(experiment.definition());
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemCode.INVALID_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private static List<String> assumptions(Experiment experiment, CertifiedDesign design) {
    List<String> assumptions = new ArrayList<>();
    assumptions.add("Means stand still, and units do not change arms.");
    assumptions.add(
        "Shares are refreshed and verdicts are read once a day; the service refreshes more often.");
    if (experiment.definition().metric().kind() != MetricKind.BINARY) {
      assumptions.add(
          "Outcomes come at once; the attribution window only shortens the experiment.");
    }
    switch (experiment.definition().metric().kind()) {
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
