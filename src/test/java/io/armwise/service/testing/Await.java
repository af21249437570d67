package io.armwise.service.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for a condition, at most a minute. Stateless. */
public final class Await {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration BETWEEN = Duration.ofMillis(50);

  private Await() {}

  /**
   * Asks until the answer is as wanted.
   *
   * @return the first such answer
   * @throws AssertionError with the last answer when a minute has passed
   */
  public static <T> T until(Supplier<T> question, Predicate<T> wanted) {
    return until(PATIENCE, question, wanted);
  }

  /**
   * The same, for what may take long on a busy machine, such as the start of a process.
   *
   * @throws AssertionError with the last answer when {@code patience} has passed
   */
  public static <T> T until(Duration patience, Supplier<T> question, Predicate<T> wanted) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      T answer = question.get();
      if (wanted.test(answer)) {
        return answer;
      }
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("after " + patience + " still: " + answer);
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }
}
