package io.armwise.benchmarks.simulation;

import io.armwise.benchmarks.ProcessorTime;
import io.armwise.simulations.trial.Trial;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Prints how many simulated decisions a processor makes in a second, beside a plain loop in the
 * same run, and how cost grows with arms, looks and workers.
 */
public final class SimulationCost {
  private static final ProcessorTime COST = new ProcessorTime(1);
  private static long replication;

  private SimulationCost() {}

  /** Measures everything; takes no arguments and about two minutes. */
  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    for (int arms : new int[] {2, 10, 100}) {
      int decisions = 2_000_000 / arms;
      PlainLoop plain = new PlainLoop(Workload.rates(arms), 1);
      double peer = COST.nanos(() -> plain.regret(decisions)) / decisions;
      double own = nanos(Workload.oneByOne(arms, decisions), decisions);
      System.out.printf(
          Locale.ROOT,
          "%4d arms, learning from every decision: %8.2f M/s, plain loop %8.2f M/s, ratio %.2f%n",
          arms,
          1e3 / own,
          1e3 / peer,
          peer / own);
    }
    for (int arms : new int[] {2, 10, 100}) {
      for (long perRefresh : new long[] {1_000, 100_000}) {
        long decisions = 2_000 * perRefresh;
        double own = nanos(Workload.batched(arms, decisions, perRefresh), decisions);
        System.out.printf(
            Locale.ROOT,
            "%4d arms, %,7d decisions a refresh: %9.1f M/s, %6.1f us a refresh%n",
            arms,
            perRefresh,
            1e3 / own,
            1e-3 * own * perRefresh);
      }
    }
    for (int days : new int[] {7, 28, 112}) {
      System.out.printf(
          Locale.ROOT,
          "   2 arms, %3d daily looks at the verdict: %7.0f us an experiment%n",
          days,
          1e-3 * nanos(Workload.watched(2, days, 1_000), 1));
    }
    for (int workers : new int[] {1, 2}) {
      System.out.printf(
          Locale.ROOT,
          "   2 arms, learning from every decision, %d workers: %.2f M/s by the clock%n",
          workers,
          byTheClock(workers));
    }
    System.out.println("checksum " + COST.checksum());
  }

  private static double nanos(Trial trial, long decisions) {
    return COST.nanos(() -> trial.run(replication++).regret()) / decisions;
  }

  /** Millions of decisions in a second of wall clock, best of eight rounds. */
  private static double byTheClock(int workers) throws InterruptedException, ExecutionException {
    int decisions = 1_000_000;
    int tasks = 8;
    Trial trial = Workload.oneByOne(2, decisions);
    double best = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
      for (int round = 0; round < 8; round++) {
        long start = System.nanoTime();
        Future<?>[] running = new Future<?>[tasks];
        for (int task = 0; task < tasks; task++) {
          long index = task;
          running[task] = threads.submit(() -> trial.run(index));
        }
        for (Future<?> done : running) {
          done.get();
        }
        best = Math.max(best, 1e3 * tasks * decisions / (System.nanoTime() - start));
      }
    }
    return best;
  }
}
