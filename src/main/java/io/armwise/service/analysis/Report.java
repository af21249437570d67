package io.armwise.service.analysis;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.armwise.service.certificate.CertificateView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment's evidence says as of one moment. Below the minimum number of units figures
 * are absent rather than misleading.
 *
 * @param experiment key
 * @param status of the experiment
 * @param asOf when the evidence was read
 * @param startedAt when the experiment started; absent for a draft
 * @param days it has run
 * @param metric what the arms are judged by
 * @param learnFrom {@code all} units, or {@code matured} ones, whose attribution window has closed
 * @param allocationVersion in force; absent for a draft
 * @param arms in slot order
 * @param metrics what is measured besides, in the definition's order
 * @param adjusted the metrics that have a covariate once more, with its chance differences taken
 *     out
 * @param verdict what the numbers allow
 * @param certificate what simulation promised of the design; absent where none was made
 * @param log how current the evidence is
 * @param events how many of each kind were counted
 * @param sampleRatio whether units arrived in the shares that were in force
 * @param numericalError bound of the error of the probabilities
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Report")
public record Report(
    String experiment,
    String status,
    Instant asOf,
    @Nullable Instant startedAt,
    double days,
    MetricView metric,
    String learnFrom,
    @Nullable Long allocationVersion,
    List<ArmReport> arms,
    List<SideMetricReport> metrics,
    List<AdjustedReport> adjusted,
    VerdictView verdict,
    CertificateView.@Nullable Made certificate,
    LogView log,
    Map<String, Long> events,
    SampleRatioView sampleRatio,
    double numericalError) {

  /** The metric. */
  @Schema(name = "ReportedMetric")
  public record MetricView(String key, String kind, String direction, double smallestEffect) {}

  /**
   * An arm.
   *
   * @param units exposed
   * @param responders units with an outcome other than zero
   * @param learnedUnits those of them that the figures are learned from
   * @param pending units whose attribution window is still open
   * @param switched units that were seen in several arms
   * @param late outcomes that came after their window or its grace, and count nowhere
   * @param sum of the learned units' values, exact
   * @param sumOfSquares of the learned units' values, exact
   * @param share of traffic in force, in [0, 1]
   * @param figures absent below the minimum number of units, and for an arm without evidence
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "ReportedArm")
  public record ArmReport(
      String arm,
      String name,
      boolean control,
      boolean retired,
      long units,
      long learnedUnits,
      long responders,
      long pending,
      long switched,
      long late,
      BigDecimal sum,
      BigDecimal sumOfSquares,
      double share,
      PosteriorView posterior,
      @Nullable Figures figures) {}

  /**
   * The posterior of an arm's mean by its parameters, from which everything else follows.
   *
   * @param type {@code beta}, {@code student-t} or {@code gamma}
   * @param parameters by name
   */
  @Schema(name = "Posterior")
  public record PosteriorView(String type, Map<String, Double> parameters) {}

  /**
   * What is known of an arm.
   *
   * @param mean of the posterior
   * @param interval central 95 % credible interval of the mean
   * @param anytimeInterval 95 % confidence sequence of the mean at this moment: with probability
   *     0.95 it holds the mean at every look, whatever moved the traffic. From units whose
   *     attribution window has closed; for binary metrics; absent while there are none
   * @param probabilityToBeBest of the arms in the running; absent for a retired arm
   * @param expectedLoss of choosing the arm, in the metric's unit; absent for a retired arm
   * @param probabilityToBeatControl absent for the control
   * @param uplift over the control; absent for the control
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "ArmFigures")
  public record Figures(
      double mean,
      List<Double> interval,
      @Nullable List<Double> anytimeInterval,
      @Nullable Double probabilityToBeBest,
      @Nullable Double expectedLoss,
      @Nullable Double probabilityToBeatControl,
      @Nullable UpliftView uplift) {}

  /** The difference to the control, absolute in the metric's unit and relative to its mean. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Uplift")
  public record UpliftView(ChangeView absolute, @Nullable ChangeView relative) {}

  /**
   * A change with its central 95 % credible interval.
   *
   * @param mean absent where the distribution has none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Change")
  public record ChangeView(@Nullable Double mean, List<Double> interval) {}

  /**
   * A metric beside the primary one.
   *
   * @param role {@code secondary} or {@code guardrail}
   * @param kind {@code binary}, {@code continuous}, {@code count} or {@code ratio}
   * @param smallestEffect the smallest absolute difference that matters, in the metric's unit
   * @param arms in slot order
   */
  @Schema(name = "ReportedSideMetric")
  public record SideMetricReport(
      String key,
      String role,
      String kind,
      String direction,
      double smallestEffect,
      List<SideArmReport> arms) {}

  /**
   * An arm under a metric beside the primary one. Figures are absent where the primary ones are.
   *
   * @param units that are learned from
   * @param sum of their values, of a ratio's numerators, exact
   * @param denominator of a ratio: sum of the units' denominators, exact
   * @param mean posterior mean per unit, or the ratio
   * @param interval central 95 % interval of the mean or ratio
   * @param change over the control, absolute; absent for the control
   * @param probabilityToBeatControl absent for the control
   * @param probabilityOfHarm that the arm is worse than the control by more than the smallest
   *     effect; absent for the control
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "ReportedSideMetricArm")
  public record SideArmReport(
      String arm,
      long units,
      BigDecimal sum,
      @Nullable BigDecimal denominator,
      @Nullable Double mean,
      @Nullable List<Double> interval,
      @Nullable ChangeView change,
      @Nullable Double probabilityToBeatControl,
      @Nullable Double probabilityOfHarm) {}

  /**
   * A metric, adjusted by a covariate that was known before exposure (CUPED). Classical figures,
   * right for one look at units whose shares of traffic did not depend on their outcomes; verdicts
   * do not rest on them.
   *
   * @param metric key
   * @param covariate name
   * @param varianceRemoved the part of the variance that the covariate explains, in [0, 1]: so much
   *     smaller a sample will do; absent without figures
   * @param arms in slot order
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "AdjustedMetric")
  public record AdjustedReport(
      String metric,
      String covariate,
      @Nullable Double varianceRemoved,
      List<AdjustedArmReport> arms) {}

  /**
   * An arm of an adjusted metric.
   *
   * @param knownUnits units of which the covariate is known; the others count with 0
   * @param mean adjusted
   * @param interval 95 % confidence interval of the mean
   * @param change against the control, in the metric's unit; absent for the control
   * @param pValue of no difference, two-sided; absent for the control
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "AdjustedArm")
  public record AdjustedArmReport(
      String arm,
      long knownUnits,
      @Nullable Double mean,
      @Nullable List<Double> interval,
      @Nullable ChangeView change,
      @Nullable Double pValue) {}

  /**
   * A verdict.
   *
   * @param type one of collecting, keep-running, ship, no-meaningful-difference, stop-for-harm,
   *     data-unusable
   * @param arm that the verdict is about, if it is about one; while an experiment runs, the one
   *     that is ahead, if any is
   * @param headline what a person would say first; the sentence begins with it
   * @param sentence what a person would say: the headline, what it rests on, how often it is wrong
   * @param details the numbers of the sentence
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Verdict")
  public record VerdictView(
      String type,
      @Nullable String arm,
      String headline,
      String sentence,
      Map<String, Object> details) {

    /** What the sentence says after its headline; may be empty. */
    public String grounds() {
      return sentence.substring(headline.length()).strip();
    }
  }

  /**
   * How current the evidence is.
   *
   * @param positions per partition the next offset to be read
   * @param lag events that the log has received and the evidence does not hold yet; absent while
   *     the brokers do not answer
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "LogPosition")
  public record LogView(Map<Integer, Long> positions, @Nullable Long lag) {}

  /**
   * Whether units arrived in the shares that were in force for each of them.
   *
   * @param units that could be held against their shares: those with a decision token, and all
   *     where shares never moved
   * @param pValue that may be read at every look; absent without such units
   * @param mismatch whether the p-value is below 0.001: then no comparison of the arms can be
   *     trusted
   * @param arms in slot order; empty without such units
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "SampleRatio")
  public record SampleRatioView(
      long units, @Nullable Double pValue, boolean mismatch, List<ArrivedView> arms) {}

  /**
   * What arrived in an arm.
   *
   * @param units that arrived
   * @param expected by the shares in force
   */
  @Schema(name = "ArrivedUnits")
  public record ArrivedView(String arm, long units, double expected) {}
}
