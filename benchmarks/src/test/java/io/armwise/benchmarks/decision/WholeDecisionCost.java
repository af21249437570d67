package io.armwise.benchmarks.decision;

import io.armwise.benchmarks.ProcessorTime;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/** Prints what whole decisions cost: processor time of one thread, and bytes allocated. */
public final class WholeDecisionCost {
  private static final int BATCH = 20_000;
  private static final ProcessorTime COST = new ProcessorTime(BATCH);
  private static final com.sun.management.ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class);

  private WholeDecisionCost() {}

  /** Measures everything; takes no arguments and about a minute. */
  public static void main(String[] arguments) throws IOException {
    for (int experiments : new int[] {10, 1_000}) {
      for (int slots : new int[] {16, 256}) {
        DecisionBenchmark benchmark = new DecisionBenchmark();
        benchmark.slots = slots;
        benchmark.experiments = experiments;
        benchmark.setUp();
        System.out.printf(Locale.ROOT, "%d experiments, %d slots%n", experiments, slots);
        print("decide", () -> benchmark.decide().share());
        print("decide, unit hashed before", () -> benchmark.decideHashed().share());
        print("decide on a condition", () -> benchmark.decideOnCondition().share());
        print("decide with a token", () -> benchmark.decideWithToken().length());
        print("LaunchDarkly on the condition", () -> benchmark.launchDarklyOnCondition() ? 1 : 0);
        print("LaunchDarkly, and a split", () -> benchmark.launchDarklySplit().length());
        print("OpenFeature on the condition", () -> benchmark.openFeatureOnCondition() ? 1 : 0);
        benchmark.tearDown();
      }
    }
    System.out.println("checksum " + COST.checksum());
  }

  private static void print(String what, DoubleSupplier operation) {
    double nanos = COST.nanos(operation);
    System.out.printf(Locale.ROOT, "  %-30s %8.1f ns %6.1f bytes%n", what, nanos, bytes(operation));
  }

  /** Bytes that one operation allocates, after the compiler has warmed up. */
  private static double bytes(DoubleSupplier operation) {
    double sum = 0;
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < BATCH; i++) {
      sum += operation.getAsDouble();
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    return sum == Double.MIN_VALUE ? Double.NaN : (double) allocated / BATCH;
  }
}
