package io.armwise.service.certificate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.armwise.simulations.certificate.LaunchPlan;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller expects of an experiment.
 *
 * @param baseline the control's mean
 * @param deviation standard deviation of one unit's value; continuous metrics only
 * @param unitsPerDay units that take part
 * @param days after which the experiment ends at the latest
 * @param week traffic of the days of a week, in parts of {@code unitsPerDay}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "CertificatePlan")
public record CertificatePlan(
    @Schema(description = "The control's mean") @Nullable Double baseline,
    @Schema(description = "Standard deviation of one unit's value; continuous metrics only")
        @Nullable Double deviation,
    @Schema(description = "Units that take part per day") @Nullable Long unitsPerDay,
    @Schema(description = "Days after which the experiment ends at the latest; 28 by default")
        @Nullable Integer days,
    @Schema(
            description =
                "Traffic of the days of a week, from the first day on, in parts of unitsPerDay:"
                    + " seven numbers above 0; days are all alike by default")
        @Nullable List<Double> week) {
  private static final int USUAL_DAYS = 28;

  /** Days that are all alike. */
  public CertificatePlan(
      @Nullable Double baseline,
      @Nullable Double deviation,
      @Nullable Long unitsPerDay,
      @Nullable Integer days) {
    this(baseline, deviation, unitsPerDay, days, null);
  }

  /** Days after which the experiment ends at the latest. */
  public int longest() {
    return days == null ? USUAL_DAYS : days;
  }

  /**
   * The plan with its values checked.
   *
   * @throws IllegalArgumentException naming the field that is missing or out of range
   */
  LaunchPlan launchPlan(boolean continuous) {
    if (baseline == null) {
      throw new IllegalArgumentException("baseline is required: the control's mean");
    }
    if (unitsPerDay == null) {
      throw new IllegalArgumentException("unitsPerDay is required: units that take part per day");
    }
    if (continuous && deviation == null) {
      throw new IllegalArgumentException(
          "deviation is required for a continuous metric: the standard deviation of one unit");
    }
    return new LaunchPlan(
        baseline,
        deviation == null ? 1 : deviation,
        unitsPerDay,
        longest(),
        week == null ? List.of() : week);
  }
}
