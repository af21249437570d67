package io.armwise.benchmarks.assignment;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Prints what the parts of a decision cost in processor time of one thread, least of twelve rounds.
 *
 * <p>Processor time, unlike the wall clock of the JMH benchmarks, can be compared on a machine that
 * is busy with other work. The indirect call adds a few nanoseconds to each figure.
 */
public final class DecisionCost {

  private static final int ROUNDS = 12;
  private static final long ROUND_NANOS = 150_000_000L;
  private static final int BATCH = 2_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Keeps the results alive. */
  private static int sink;

  private DecisionCost() {}

  /** Measures everything; takes no arguments and about fifteen seconds. */
  public static void main(String[] arguments) {
    for (int slots : new int[] {16, 64, 256, 1024}) {
      ArmChoiceBenchmark choice = new ArmChoiceBenchmark();
      choice.slots = slots;
      choice.setUp();
      print("choose an arm from " + slots + " slots", choice::arm);
      if (slots == 16) {
        print("hash a UUID", choice::hash);
      }
    }
    DecisionTokenBenchmark token = new DecisionTokenBenchmark();
    print("write a token", token::encode);
    print("read a token", token::decode);
    print("refuse a forged token", token::decodeForged);
    print("HMAC-SHA-256 of its bytes alone", token::macAlone);
    System.out.println("checksum " + sink);
  }

  private static void print(String what, Supplier<Object> operation) {
    System.out.printf(Locale.ROOT, "%-32s %8.1f ns%n", what, cost(operation));
  }

  private static double cost(Supplier<Object> operation) {
    double least = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      long start = THREADS.getCurrentThreadCpuTime();
      long operations = 0;
      long spent = 0;
      while (spent < ROUND_NANOS) {
        for (int i = 0; i < BATCH; i++) {
          sink += operation.get().hashCode();
        }
        operations += BATCH;
        spent = THREADS.getCurrentThreadCpuTime() - start;
      }
      least = Math.min(least, (double) spent / operations);
    }
    return least;
  }
}
