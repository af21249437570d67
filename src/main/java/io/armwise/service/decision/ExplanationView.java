package io.armwise.service.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a unit got its arm at a time.
 *
 * @param experiment key
 * @param unit as asked; absent if a token was
 * @param unitHash the unit's 128 bits in hexadecimal digits
 * @param at the time that is explained
 * @param decision what the service decides then
 * @param token what the token says, and whether the decision is the same; absent without one
 * @param steps the stages that were passed, in their order; the last one decided
 * @param allocation the version in force, with the posteriors and log positions behind it
 * @param definitionVersion the version of the definition in force
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Explanation")
public record ExplanationView(
    String experiment,
    @Nullable String unit,
    String unitHash,
    Instant at,
    Decided decision,
    @Nullable TokenView token,
    List<StepView> steps,
    AllocationView allocation,
    int definitionVersion) {

  /** The decision. */
  @Schema(name = "ExplainedDecision")
  public record Decided(String arm, String name, String reason, double propensity, long version) {}

  /** What a token says. */
  @Schema(name = "ExplainedToken")
  public record TokenView(String arm, long version, double propensity, boolean same) {}

  /**
   * A stage.
   *
   * @param stage its name
   * @param sentence what happened, for people
   * @param inputs what it looked at; 64-bit values as hexadecimal digits
   */
  @Schema(name = "ExplainedStep")
  public record StepView(String stage, String sentence, Map<String, Object> inputs) {}

  /**
   * An allocation version.
   *
   * @param positions per partition the next offset of the log that its evidence covers
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "ExplainedAllocation")
  public record AllocationView(
      long version,
      String reason,
      Instant createdAt,
      List<ArmView> arms,
      Map<Integer, Long> positions) {}

  /** An arm in the version. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "ExplainedArm")
  public record ArmView(
      String arm,
      long share,
      double propensity,
      @Nullable Long units,
      @Nullable Double mean,
      @Nullable Double probabilityToBeBest,
      @Nullable Double expectedLoss) {}
}
