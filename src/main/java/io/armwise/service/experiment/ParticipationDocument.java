package io.armwise.service.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who takes part in an experiment, as JSON. Absent means everybody. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Participation")
public record ParticipationDocument(
    @Nullable LayerDocument layer,
    @Schema(description = "Only units for which this holds") @Nullable ConditionDocument targeting,
    @Schema(description = "Units that get the best arm and teach nothing")
        @Nullable ConditionDocument exploitWhen,
    @Schema(description = "Units per arm that get it whatever the shares; left out of the evidence")
        @Nullable Map<String, List<@Nullable String>> overrides,
    @Nullable List<@Nullable PrerequisiteDocument> prerequisites,
    @Schema(description = "Experiments whose units are kept out of this one")
        @Nullable List<@Nullable String> excludes,
    @Schema(description = "Raises trafficShare step by step while the experiment is healthy")
        @Nullable List<@Nullable RampStepDocument> ramp,
    @Schema(description = "Everybody gets the control arm at once") @Nullable Boolean killed) {

  /** A range of a layer's 10,000 buckets. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "LayerRange")
  public record LayerDocument(
      @Nullable String key, @Nullable Integer from, @Nullable Integer until) {}

  /** A condition in the Common Expression Language. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Condition")
  public record ConditionDocument(
      @Nullable String expression,
      @Schema(description = "Type per attribute that it names: string, int, double or bool")
          @Nullable Map<String, String> attributes) {}

  /** Another experiment that a unit must be in, with one of these arms if any are named. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Prerequisite")
  public record PrerequisiteDocument(
      @Nullable String experiment, @Nullable List<@Nullable String> arms) {}

  /** A share of traffic and how long it is held at least. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "RampStep")
  public record RampStepDocument(@Nullable Double share, @Nullable String hold) {}
}
