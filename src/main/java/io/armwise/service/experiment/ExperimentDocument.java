package io.armwise.service.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.armwise.service.experiment.ParticipationDocument.ConditionDocument;
import io.armwise.service.platform.json.StrictJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An experiment's definition as JSON: what callers send and what the database keeps. Absent fields
 * take their defaults when read; {@link DefinitionReader} turns a document into a definition or
 * says which rules it breaks.
 *
 * <p>Durations are ISO 8601, such as {@code PT1S} or {@code P7D}.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ExperimentDefinition")
public record ExperimentDocument(
    @Nullable String key,
    @Nullable String name,
    @Nullable String hypothesis,
    @Nullable String owner,
    @Schema(description = "'request', or the name of what keeps its arm, such as 'user'")
        @Nullable String unit,
    @Nullable List<@Nullable ArmDocument> arms,
    @Nullable MetricDocument metric,
    @Nullable AllocationDocument allocation,
    @Nullable String attributionWindow,
    @Nullable DecisionRuleDocument decisionRule,
    @Schema(description = "One of event, decision") @Nullable String exposure,
    @Nullable Double trafficShare,
    @Schema(description = "One of 16, 64, 256, 1024") @Nullable Integer slots,
    @Schema(description = "Metrics beside the primary one")
        @Nullable List<@Nullable SideMetricDocument> metrics,
    @Schema(
            description =
                "Which units to learn from: all, or matured ones, whose window has closed")
        @Nullable String learnFrom,
    @Schema(description = "How long after its window a unit's outcomes may still come in")
        @Nullable String grace,
    @Schema(description = "Who takes part; absent means everybody")
        @Nullable ParticipationDocument participation) {

  /** The same with other arms. */
  ExperimentDocument withArms(List<@Nullable ArmDocument> changed) {
    return new ExperimentDocument(
        key,
        name,
        hypothesis,
        owner,
        unit,
        changed,
        metric,
        allocation,
        attributionWindow,
        decisionRule,
        exposure,
        trafficShare,
        slots,
        metrics,
        learnFrom,
        grace,
        participation);
  }

  /** The same with another fraction of all units. */
  ExperimentDocument withTrafficShare(double changed) {
    ObjectNode tree = StrictJson.MAPPER.valueToTree(this);
    tree.put("trafficShare", changed);
    return StrictJson.stored(tree.toString(), ExperimentDocument.class);
  }

  /** An arm; {@code payload} is any JSON value. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Arm")
  public record ArmDocument(
      @Nullable String key,
      @Nullable String name,
      @Nullable JsonNode payload,
      @Nullable Boolean control,
      @Nullable Boolean retired) {}

  /** A metric. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Metric")
  public record MetricDocument(
      @Nullable String key,
      @Schema(description = "One of binary, continuous, count") @Nullable String kind,
      @Schema(description = "One of increase, decrease") @Nullable String direction,
      @Nullable PriorDocument prior,
      @Nullable Double smallestEffect,
      @Schema(description = "Name of the outcomes it reads; its key if absent")
          @Nullable String outcome,
      @Schema(description = "How a unit's outcomes make one value: sum, any, first, last")
          @Nullable String aggregation,
      @Schema(description = "Largest value of a unit") @Nullable BigDecimal cap,
      @Schema(description = "Only outcomes whose attributes meet this")
          @Nullable ConditionDocument where,
      @Schema(
              description =
                  "What exposures tell of a unit's past, such as its revenue before; reports take"
                      + " its chance differences out")
          @Nullable String covariate) {}

  /** A metric beside the primary one. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "SideMetric")
  public record SideMetricDocument(
      @Nullable String key,
      @Schema(description = "One of secondary, guardrail") @Nullable String role,
      @Schema(description = "One of binary, continuous, count, ratio") @Nullable String kind,
      @Schema(description = "One of increase, decrease") @Nullable String direction,
      @Nullable PriorDocument prior,
      @Nullable Double smallestEffect,
      @Nullable String outcome,
      @Nullable String aggregation,
      @Nullable BigDecimal cap,
      @Schema(description = "Only outcomes whose attributes meet this")
          @Nullable ConditionDocument where,
      @Nullable String covariate,
      @Schema(description = "kind ratio: what the numerator is divided by")
          @Nullable UnitValueDocument denominator) {

    /** What it shares with the primary metric. */
    MetricDocument metric() {
      return new MetricDocument(
          key, kind, direction, prior, smallestEffect, outcome, aggregation, cap, where, covariate);
    }
  }

  /** How a unit's outcomes make its value. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "UnitValue")
  public record UnitValueDocument(
      @Nullable String outcome,
      @Nullable String aggregation,
      @Nullable BigDecimal cap,
      @Schema(description = "Only outcomes whose attributes meet this")
          @Nullable ConditionDocument where) {}

  /** A prior: {@code beta}, {@code normal-inverse-gamma} or {@code gamma} with its parameters. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Prior")
  public record PriorDocument(
      @Schema(description = "One of beta, normal-inverse-gamma, gamma") @Nullable String type,
      @Nullable Double alpha,
      @Nullable Double beta,
      @Nullable Double mean,
      @Nullable Double pseudoUnits,
      @Nullable Double shape,
      @Nullable Double scale,
      @Nullable Double rate) {}

  /** An allocation policy with its constraints. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Allocation")
  public record AllocationDocument(
      @Schema(description = "One of fixed, thompson, top-two-thompson") @Nullable String policy,
      @Schema(description = "policy fixed: a weight per arm key; they sum to 1")
          @Nullable Map<String, Double> weights,
      @Schema(description = "policy top-two-thompson: the leader's share")
          @Nullable Double topTwoBeta,
      @Nullable Double explorationFloor,
      @Nullable Double controlShare,
      @Nullable Long burnInUnits,
      @Nullable Double maximumStep,
      @Nullable String refresh) {}

  /** A decision rule. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "DecisionRule")
  public record DecisionRuleDocument(
      @Nullable Long minimumUnits,
      @Nullable Integer minimumDays,
      @Nullable Double toleratedLoss,
      @Schema(description = "Probability, at most, that a false winner is ever named")
          @Nullable Double falseWinnerRate) {}
}
