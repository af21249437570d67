package io.armwise.simulations.certificate;

import io.armwise.simulations.rule.StoppingRule;
import io.armwise.simulations.trial.RuleOutcome;
import io.armwise.simulations.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.DoubleConsumer;

/**
 * Makes a certificate on somebody's threads. The same design, budget and seed give the same
 * certificate on any number of threads: how many replications are run depends only on the results
 * of whole waves. One use; to cancel, interrupt the thread that runs it.
 */
public final class CertificateRun {
  private static final int BLOCK = 50;

  private final CertifiedDesign design;
  private final Budget budget;
  private final long seed;
  private final List<StoppingRule> rules;
  private final ExecutorService threads;
  private final DoubleConsumer progress;
  private double done;
  private double expected;
  private double told;

  /**
   * A run.
   *
   * @param design what is planned
   * @param budget how much is simulated
   * @param seed of the random streams
   * @param threads that simulate
   * @param progress is told now and then, from the running thread, which fraction is done, in [0,
   *     1], never less than before
   */
  public CertificateRun(
      CertifiedDesign design,
      Budget budget,
      long seed,
      ExecutorService threads,
      DoubleConsumer progress) {
    this.design = design;
    this.budget = budget;
    this.seed = seed;
    this.rules = new ArrayList<>(List.of(design.rule()));
    this.rules.addAll(Calibration.rules());
    this.threads = threads;
    this.progress = progress;
  }

  /**
   * Runs it.
   *
   * @throws InterruptedException if the thread is interrupted; what runs is then stopped
   */
  public Certificate make() throws InterruptedException {
    Trial effect = new Trial(design.withEffect(rules), seed);
    Trial equal = new Trial(design.withoutEffect(rules), seed);
    List<List<RuleOutcome>> with = lists();
    List<List<RuleOutcome>> without = lists();
    expected = 2.0 * budget.least();
    wave(List.of(new Part(effect, with, budget.least()), new Part(equal, without, budget.least())));
    while (true) {
      int missing = replicationsWanted(without, with) - without.getFirst().size();
      if (missing <= 0) {
        break;
      }
      expected = done + missing;
      wave(List.of(new Part(equal, without, missing)));
    }
    progress.accept(1);
    List<RuleOutcome> own = with.getFirst();
    return new Certificate(
        without.getFirst().size(),
        own.size(),
        Estimate.rate(without.getFirst(), RuleOutcome::falseWinner),
        Estimate.rate(own, RuleOutcome::correct),
        Estimate.mean(own, RuleOutcome::day),
        Estimate.daysQuantile(own, 0.9),
        Estimate.mean(without.getFirst(), RuleOutcome::day),
        Estimate.mean(own, RuleOutcome::expectedLoss),
        Estimate.mean(own, outcome -> design.regretOfEqualSplit(outcome.day()) - outcome.regret()),
        calibration(without, with).orElse(null));
  }

  private Optional<Calibration> calibration(
      List<List<RuleOutcome>> without, List<List<RuleOutcome>> with) {
    return Calibration.of(
        without.subList(1, without.size()),
        with.subList(1, with.size()),
        design.decisionRule().falseWinnerRate());
  }

  private List<List<RuleOutcome>> lists() {
    List<List<RuleOutcome>> lists = new ArrayList<>();
    rules.forEach(rule -> lists.add(new ArrayList<>()));
    return lists;
  }

  /** How many replications give both false-winner rates the wanted standard error, by those had. */
  private int replicationsWanted(List<List<RuleOutcome>> without, List<List<RuleOutcome>> with) {
    double roughest =
        Math.max(
            Estimate.rate(without.getFirst(), RuleOutcome::falseWinner).standardError(),
            calibration(without, with)
                .map(found -> found.falseWinner().standardError())
                .orElse(0.0));
    double excess = roughest / budget.standardError();
    int had = without.getFirst().size();
    if (excess <= 1) {
      return had;
    }
    double wanted = Math.ceil(had * excess * excess / BLOCK) * BLOCK;
    return (int) Math.min(budget.most(), Math.max(wanted, had + BLOCK));
  }

  /** Replications of one world that are added to the outcomes, per rule, in order. */
  private record Part(Trial trial, List<List<RuleOutcome>> outcomes, int size) {}

  /** Blocks under way, with the outcomes that they add to. */
  private record Block(List<List<RuleOutcome>> outcomes, Future<List<List<RuleOutcome>>> courses) {}

  private void wave(List<Part> parts) throws InterruptedException {
    List<Block> blocks = new ArrayList<>();
    for (Part part : parts) {
      int first = part.outcomes().getFirst().size();
      int end = first + part.size();
      for (int from = first; from < end; from += BLOCK) {
        blocks.add(
            new Block(
                part.outcomes(),
                threads.submit(block(part.trial(), from, Math.min(from + BLOCK, end)))));
      }
    }
    try {
      for (Block block : blocks) {
        for (List<RuleOutcome> course : block.courses().get()) {
          for (int rule = 0; rule < course.size(); rule++) {
            block.outcomes().get(rule).add(course.get(rule));
          }
          done++;
        }
        told = Math.clamp(done / expected, told, 1);
        progress.accept(told);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a simulation failed: " + e.getCause(), e);
    } finally {
      blocks.forEach(block -> block.courses().cancel(true));
    }
  }

  private static Callable<List<List<RuleOutcome>>> block(Trial trial, long from, long to) {
    return () -> {
      List<List<RuleOutcome>> courses = new ArrayList<>();
      for (long replication = from; replication < to; replication++) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedException();
        }
        courses.add(trial.outcomes(replication));
      }
      return courses;
    };
  }
}
