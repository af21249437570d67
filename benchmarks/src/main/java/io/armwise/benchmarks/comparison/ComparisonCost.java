package io.armwise.benchmarks.comparison;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/**
 * Prints what a comparison costs in processor time of one thread, least of twelve rounds:
 * quadrature and sampling in one run. Processor time can be compared on a machine that is busy with
 * other work.
 */
public final class ComparisonCost {
  private static final int ROUNDS = 12;
  private static final long ROUND_NANOS = 150_000_000L;
  private static final int BATCH = 16;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Keeps the results alive. */
  private static double sink;

  private ComparisonCost() {}

  /** Measures everything; takes no arguments and about half a minute. */
  public static void main(String[] arguments) {
    for (int arms : new int[] {2, 10, 100, 1000}) {
      ComparisonBenchmark benchmark = new ComparisonBenchmark();
      benchmark.arms = arms;
      benchmark.setUp();
      double quadrature = cost(benchmark::quadrature);
      double sampling = arms > 100 ? Double.NaN : cost(benchmark::monteCarlo);
      System.out.printf(
          Locale.ROOT,
          "%4d arms: quadrature %8.1f us, 10,000 draws %10.1f us, ratio %6.0f%n",
          arms,
          quadrature,
          sampling,
          sampling / quadrature);
    }
    for (ExtremeShapesBenchmark.Shape shape : ExtremeShapesBenchmark.Shape.values()) {
      ExtremeShapesBenchmark benchmark = new ExtremeShapesBenchmark();
      benchmark.shape = shape;
      System.out.printf(Locale.ROOT, "%s: %.1f us%n", shape, cost(benchmark::quadrature));
    }
    for (UpliftBenchmark.Pair pair : UpliftBenchmark.Pair.values()) {
      UpliftBenchmark benchmark = new UpliftBenchmark();
      benchmark.pair = pair;
      System.out.printf(
          Locale.ROOT,
          "%s: absolute %.1f us, relative %.1f us, both %.1f us%n",
          pair,
          cost(benchmark::absolute),
          cost(benchmark::relative),
          cost(benchmark::both));
    }
    System.out.println("checksum " + sink);
  }

  private static double cost(DoubleSupplier operation) {
    double least = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      long start = THREADS.getCurrentThreadCpuTime();
      long operations = 0;
      long spent = 0;
      while (spent < ROUND_NANOS) {
        for (int i = 0; i < BATCH; i++) {
          sink += operation.getAsDouble();
        }
        operations += BATCH;
        spent = THREADS.getCurrentThreadCpuTime() - start;
      }
      least = Math.min(least, 1e-3 * spent / operations);
    }
    return least;
  }
}
