package io.armwise.service.certificate;

import java.util.Locale;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work on a thread of its own that tells how far it is and can be stopped. Thread-safe. */
final class BackgroundRun {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundRun.class);

  private final String name;
  private volatile State state = State.RUNNING;
  private volatile double progress;
  private volatile @Nullable String failure;
  private volatile @Nullable Thread thread;

  BackgroundRun(String name) {
    this.name = name;
  }

  /** How a run stands. */
  private enum State {
    RUNNING,
    DONE,
    FAILED,
    CANCELLED
  }

  /** What is to be done. */
  interface Work {
    /**
     * Does it.
     *
     * @param progress is to be told which fraction is done, in [0, 1]
     * @throws InterruptedException if the thread is interrupted
     */
    void run(DoubleConsumer progress) throws InterruptedException;
  }

  void start(Work work) {
    thread = Thread.ofVirtual().name(name).start(() -> make(work));
  }

  private void make(Work work) {
    try {
      work.run(fraction -> progress = fraction);
      state = State.DONE;
    } catch (InterruptedException e) {
      state = State.CANCELLED;
    } catch (RuntimeException e) {
      LOG.error("The {} could not be made", name, e);
      failure = String.valueOf(e.getMessage());
      state = State.FAILED;
    }
  }

  void cancel() {
    Thread running = thread;
    if (isRunning() && running != null) {
      running.interrupt();
    }
  }

  boolean isRunning() {
    return state == State.RUNNING;
  }

  /** How the run stands, with what came out of it or was there before. */
  CertificateView view(CertificateView.@Nullable Made made) {
    return new CertificateView(
        state.name().toLowerCase(Locale.ROOT), isRunning() ? progress : null, failure, made);
  }
}
