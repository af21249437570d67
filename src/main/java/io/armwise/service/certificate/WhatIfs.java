package io.armwise.service.certificate;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.service.platform.background.BackgroundRun;
import io.armwise.service.platform.background.BackgroundThreads;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Simulates designs that nobody has made an experiment of yet. The newest {@link #KEPT} runs are
 * kept on the node that made them, until it stops. Thread-safe.
 */
@Singleton
public final class WhatIfs {
  /** So many runs are kept. */
  public static final int KEPT = 30;

  private static final int MOST_RUNS = 2;

  private final CertificateBudget budget;
  private final Clock clock;
  private final ExecutorService threads = BackgroundThreads.create("what-if");
  private final Deque<Kept> kept = new ArrayDeque<>();

  WhatIfs(CertificateBudget budget, Clock clock) {
    this.budget = budget;
    this.clock = clock;
  }

  /**
   * A run as it stands.
   *
   * @param form that was filled in, by field
   */
  public record WhatIf(
      String id,
      Instant askedAt,
      String actor,
      Map<String, String> form,
      ExperimentDefinition definition,
      CertificateView view) {
    /** Keeps the form. */
    public WhatIf {
      form = Map.copyOf(form);
    }
  }

  /** A run with what came out of it. */
  private static final class Kept {
    private final String id = UUID.randomUUID().toString();
    private final Instant askedAt;
    private final Commission commission;
    private final Map<String, String> form;
    private final BackgroundRun run = new BackgroundRun("what-if");
    private volatile CertificateView.@Nullable Made made;

    Kept(Instant askedAt, Commission commission, Map<String, String> form) {
      this.askedAt = askedAt;
      this.commission = commission;
      this.form = Map.copyOf(form);
    }

    WhatIf whatIf() {
      return new WhatIf(
          id,
          askedAt,
          commission.actor(),
          form,
          commission.definition(),
          CertificateView.of(run, made));
    }
  }

  /**
   * Starts to simulate a design.
   *
   * @param form that it was read from, to be shown again
   * @param actor who asks
   * @return the run's id
   * @throws ProblemException if the plan does not fit, or too many runs are under way
   */
  public synchronized String start(
      ExperimentDefinition definition,
      CertificatePlan plan,
      Map<String, String> form,
      String actor) {
    Commission commission = Commission.of(definition, plan, actor);
    if (kept.stream().filter(one -> one.run.isRunning()).count() >= MOST_RUNS) {
      throw new ProblemException(
          ProblemCode.WRONG_STATUS,
          "At most " + MOST_RUNS + " simulations run at a time; wait for one or cancel it.");
    }
    Kept asked = new Kept(clock.instant(), commission, form);
    kept.addFirst(asked);
    while (kept.size() > KEPT) {
      kept.removeLast();
    }
    asked.run.start(
        progress ->
            asked.made =
                Certificates.made(
                    definition, commission.carryOut(budget.ofWhatIfs(), threads, clock, progress)));
    return asked.id;
  }

  /** The runs that are kept, newest first. */
  public synchronized List<WhatIf> all() {
    return kept.stream().map(Kept::whatIf).toList();
  }

  /** A run of this node. */
  public synchronized Optional<WhatIf> find(String id) {
    return kept.stream().filter(one -> one.id.equals(id)).findFirst().map(Kept::whatIf);
  }

  /** Stops a run, if it is under way. */
  public synchronized void cancel(String id) {
    kept.stream().filter(one -> one.id.equals(id)).forEach(one -> one.run.cancel());
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }
}
