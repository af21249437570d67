package io.armwise.benchmarks.comparison;

import io.armwise.benchmarks.ProcessorTime;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/**
 * Prints what a comparison costs in processor time of one thread: quadrature and sampling in one
 * run.
 */
public final class ComparisonCost {
  private static final ProcessorTime COST = new ProcessorTime(16);

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
    System.out.println("checksum " + COST.checksum());
  }

  /** In microseconds. */
  private static double cost(DoubleSupplier operation) {
    return 1e-3 * COST.nanos(operation);
  }
}
