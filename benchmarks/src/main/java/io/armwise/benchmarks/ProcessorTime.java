package io.armwise.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.DoubleSupplier;

/**
 * What an operation costs in processor time of one thread, least of twelve rounds.
 *
 * <p>Processor time, unlike the wall clock of the JMH benchmarks, can be compared on a machine that
 * is busy with other work. The indirect call adds a few nanoseconds to each figure.
 */
public final class ProcessorTime {
  private static final int ROUNDS = 12;
  private static final long ROUND_NANOS = 150_000_000L;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final int batch;

  /** Keeps the results alive. */
  private double sink;

  /**
   * @param batch operations between two readings of the clock, which costs about a microsecond
   */
  public ProcessorTime(int batch) {
    this.batch = batch;
  }

  /**
   * Repeats an operation.
   *
   * @param operation its result is used, so that the compiler cannot leave it out
   * @return nanoseconds of one operation
   */
  public double nanos(DoubleSupplier operation) {
    double least = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      long start = THREADS.getCurrentThreadCpuTime();
      long operations = 0;
      long spent = 0;
      while (spent < ROUND_NANOS) {
        for (int i = 0; i < batch; i++) {
          sink += operation.getAsDouble();
        }
        operations += batch;
        spent = THREADS.getCurrentThreadCpuTime() - start;
      }
      least = Math.min(least, (double) spent / operations);
    }
    return least;
  }

  /** The sum of all results; print it last. */
  public double checksum() {
    return sink;
  }
}
