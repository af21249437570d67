package io.armwise.service.analysis;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param metric what is measured
 * @param allocationVersion in force; absent for a draft
 * @param arms in slot order
 * @param verdict what the numbers allow
 * @param log how current the evidence is
 * @param events how many of each kind were counted
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
    @Nullable Long allocationVersion,
    List<ArmReport> arms,
    VerdictView verdict,
    LogView log,
    Map<String, Long> events,
    double numericalError) {

  /** The metric. */
  @Schema(name = "ReportedMetric")
  public record MetricView(String key, String kind, String direction, double smallestEffect) {}

  /**
   * An arm.
   *
   * @param units exposed
   * @param responders units with an outcome other than zero
   * @param pending units whose attribution window is still open
   * @param switched units that were seen in several arms
   * @param sum of the units' values, exact
   * @param sumOfSquares of the units' values, exact
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
      long responders,
      long pending,
      long switched,
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
   * A verdict.
   *
   * @param type one of collecting, keep-running, ship, no-meaningful-difference, stop-for-harm,
   *     data-unusable
   * @param arm that the verdict is about, if it is about one
   * @param sentence what a person would say
   * @param details the numbers of the sentence
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Verdict")
  public record VerdictView(
      String type, @Nullable String arm, String sentence, Map<String, Object> details) {}

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
}
