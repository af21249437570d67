package io.armwise.service.dashboard.certificate;

import io.armwise.service.certificate.CertificateView;
import org.jspecify.annotations.Nullable;

/**
 * How a simulation goes, for its page.
 *
 * @param status one of none, running, done, failed, cancelled
 * @param percent that is done
 * @param failure why it failed; absent otherwise
 */
public record RunView(String status, int percent, @Nullable String failure) {

  /** How a certificate's run stands. */
  public static RunView of(CertificateView view) {
    return of(view.status(), view.progress(), view.failure());
  }

  /**
   * How a run stands.
   *
   * @param progress in [0, 1]; absent unless it is under way
   * @param failure why it failed; absent otherwise
   */
  public static RunView of(String status, @Nullable Double progress, @Nullable String failure) {
    return new RunView(
        status,
        progress == null ? 0 : (int) Math.floor(100 * progress),
        failure == null ? null : "The simulation failed: " + failure);
  }

  /** Whether it is under way. */
  public boolean isRunning() {
    return status.equals("running");
  }

  /** Whether somebody stopped it. */
  public boolean isCancelled() {
    return status.equals("cancelled");
  }

  /** The scripts of a page that follows it. */
  public String[] scripts() {
    return isRunning() ? new String[] {"progress.js"} : new String[] {};
  }
}
