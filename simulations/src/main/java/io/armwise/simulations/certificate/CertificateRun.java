package io.armwise.simulations.certificate;

import io.armwise.simulations.rule.StoppingRule;
import io.armwise.simulations.trial.Course;
import io.armwise.simulations.trial.Design;
import io.armwise.simulations.trial.RuleOutcome;
import io.armwise.simulations.trial.Trial;
import java.util.ArrayList;
import java.util.List;
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
    List<List<RuleOutcome>> with = lists();
    wave(design.withEffect(rules), with, budget.least(), 2.0 * budget.least());
    List<List<RuleOutcome>> without = lists();
    Design equal = design.withoutEffect(rules);
    double expected = 2.0 * budget.least();
    while (without.getFirst().size() < budget.least() || isTooRough(without.getFirst())) {
      int left = budget.most() - without.getFirst().size();
      wave(equal, without, Math.min(budget.least(), left), expected);
      expected = Math.min(expected + budget.least(), (double) budget.least() + budget.most());
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
        Calibration.of(
                without.subList(1, without.size()),
                with.subList(1, with.size()),
                design.decisionRule().falseWinnerRate())
            .orElse(null));
  }

  private List<List<RuleOutcome>> lists() {
    List<List<RuleOutcome>> lists = new ArrayList<>();
    rules.forEach(rule -> lists.add(new ArrayList<>()));
    return lists;
  }

  private boolean isTooRough(List<RuleOutcome> outcomes) {
    return outcomes.size() < budget.most()
        && Estimate.rate(outcomes, RuleOutcome::falseWinner).standardError()
            > budget.standardError();
  }

  /** Adds so many replications to the outcomes, per rule, in order. */
  private void wave(Design world, List<List<RuleOutcome>> outcomes, int size, double expected)
      throws InterruptedException {
    Trial trial = new Trial(world, seed);
    int first = outcomes.getFirst().size();
    List<Future<List<Course>>> blocks = new ArrayList<>();
    for (int from = first; from < first + size; from += BLOCK) {
      blocks.add(threads.submit(block(trial, from, Math.min(from + BLOCK, first + size))));
    }
    try {
      for (Future<List<Course>> block : blocks) {
        for (Course course : block.get()) {
          for (int rule = 0; rule < outcomes.size(); rule++) {
            outcomes.get(rule).add(course.outcomes().get(rule));
          }
          done++;
        }
        told = Math.clamp(done / expected, told, 1);
        progress.accept(told);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a simulation failed: " + e.getCause(), e);
    } finally {
      blocks.forEach(block -> block.cancel(true));
    }
  }

  private static Callable<List<Course>> block(Trial trial, long from, long to) {
    return () -> {
      List<Course> courses = new ArrayList<>();
      for (long replication = from; replication < to; replication++) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedException();
        }
        courses.add(trial.run(replication));
      }
      return courses;
    };
  }
}
