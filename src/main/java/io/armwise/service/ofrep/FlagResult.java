package io.armwise.service.ofrep;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.armwise.bandits.decision.EvaluationReason;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the protocol answers about one flag. */
sealed interface FlagResult {
  /** The flag's key; null if the request was not about one flag. */
  @Nullable String key();

  /**
   * A flag with its value.
   *
   * @param key of the experiment
   * @param value payload of the arm
   * @param variant key of the arm
   * @param reason why this arm
   * @param metadata what exposures and outcomes need, and what explains the decision
   */
  @Schema(name = "Flag")
  record Evaluated(
      String key,
      @JsonRawValue @Schema(type = "object", description = "true, text, a number or an object")
          String value,
      String variant,
      EvaluationReason reason,
      Metadata metadata)
      implements FlagResult {}

  /**
   * About a decision. Providers hand it on to the application; no entry is ever null, and {@code
   * propensity} always has a fraction, because the Java SDK tells whole numbers from others.
   *
   * @param decision token to hand back with exposures and outcomes; absent where nothing is learned
   * @param propensity probability with which the arm was drawn, in (0, 1]
   * @param version of the allocation
   * @param status of the experiment
   * @param assignment why this arm, in the words of {@code /v1/decisions}
   * @param stale whether the node has not heard of changes for longer than it should
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "FlagMetadata")
  record Metadata(
      @Nullable String decision,
      double propensity,
      long version,
      String status,
      String assignment,
      boolean stale) {}

  /**
   * A flag without a value, or a request that failed as a whole.
   *
   * @param key absent if the request was not about one flag
   * @param errorCode one of the protocol's
   * @param errorDetails what went wrong and what would be right
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "FlagFailure")
  record Failed(@Nullable String key, ErrorCode errorCode, String errorDetails)
      implements FlagResult {}
}
