package io.armwise.service.certificate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.armwise.service.platform.background.BackgroundRun;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the certificate of an experiment stands.
 *
 * @param status one of none, running, done, failed, cancelled
 * @param progress of the run, in [0, 1]; absent unless one is running
 * @param failure why the last run failed; absent otherwise
 * @param certificate the newest that was made; absent before the first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "CertificateStatus")
public record CertificateView(
    @Schema(description = "One of none, running, done, failed, cancelled") String status,
    @Nullable Double progress,
    @Nullable String failure,
    @Nullable Made certificate) {

  /** How a run stands, with what came out of it or was there before. */
  static CertificateView of(BackgroundRun run, @Nullable Made made) {
    return new CertificateView(run.status(), run.progress(), run.failure(), made);
  }

  /**
   * A certificate.
   *
   * @param madeAt when
   * @param plan that it rests on
   * @param current whether the experiment still has the design that was simulated
   * @param falseWinner probability that any winner is named although all arms are equal
   * @param power probability that the arm better by the smallest effect is named
   * @param days until the end, on average, with that effect
   * @param days90 by when nine of ten experiments have ended, with that effect
   * @param daysWithoutEffect until the end, on average, among equal arms
   * @param expectedLoss of the choice at the end, in the metric's unit
   * @param regretSaved against an equal split of the same days, in the metric's unit, all units
   *     together
   * @param calibration of a threshold for the probability to be best; absent if none was strict
   *     enough
   * @param replications simulated experiments, without and with the effect
   * @param assumptions what the simulation took for granted, as sentences
   * @param sentence what a report cites
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Certificate")
  public record Made(
      Instant madeAt,
      CertificatePlan plan,
      boolean current,
      Figure falseWinner,
      Figure power,
      Figure days,
      Figure days90,
      Figure daysWithoutEffect,
      Figure expectedLoss,
      Figure regretSaved,
      @Nullable Threshold calibration,
      List<Integer> replications,
      List<String> assumptions,
      String sentence) {}

  /** A simulated figure with its Monte Carlo standard error. */
  @Schema(name = "SimulatedFigure")
  public record Figure(double value, double standardError) {
    /**
     * A rate in percent with its standard error. One that rounds to none or to all is a bound two
     * standard errors away instead, for nothing simulated is certain.
     */
    public String percent() {
      long tenths = Math.round(1_000 * value);
      if (tenths > 0 && tenths < 1_000) {
        return String.format(Locale.ROOT, "%.1f %% (± %.1f)", 100 * value, 100 * standardError);
      }
      double away = 2 * standardError + (tenths == 0 ? value : 1 - value);
      double bound = Math.max(1, Math.ceil(1_000 * away)) / 10;
      return tenths == 0
          ? String.format(Locale.ROOT, "under %.1f %%", bound)
          : String.format(Locale.ROOT, "over %.1f %%", 100 - bound);
    }
  }

  /**
   * A threshold for the leader's probability to be best that would keep the wanted rate of false
   * winners in this design.
   */
  @Schema(name = "CalibratedThreshold")
  public record Threshold(double probability, Figure falseWinner, Figure power, Figure days) {}
}
