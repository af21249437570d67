package io.armwise.service.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An arm for a unit.
 *
 * @param experiment key
 * @param unit as asked, or the id that was made up for a request
 * @param arm key
 * @param name of the arm
 * @param payload of the arm, any JSON
 * @param propensity probability with which the arm was drawn, in (0, 1]; at a place of a list,
 *     given the arms before it
 * @param version of the allocation
 * @param reason why this arm
 * @param token hand it back with exposures and outcomes; absent where nothing is learned
 * @param position place in a list, from 1; absent where no list was asked for
 * @param stale whether the snapshot is older than it should be
 * @param ageSeconds age of a stale snapshot
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Decision")
public record Decision(
    String experiment,
    String unit,
    String arm,
    String name,
    @JsonRawValue @Schema(type = "object") String payload,
    double propensity,
    long version,
    @Schema(
            description =
                "One of allocated, sticky, override, holdout, not-targeted, not-in-traffic, paused,"
                    + " fallback, exploit; of a flag also static, targeted, split, disabled")
        String reason,
    @Nullable String token,
    @Nullable Integer position,
    boolean stale,
    @Nullable Double ageSeconds) {

  /** The same under the key of a flag. */
  Decision under(String flag) {
    return new Decision(
        flag,
        unit,
        arm,
        name,
        payload,
        propensity,
        version,
        reason,
        token,
        position,
        stale,
        ageSeconds);
  }

  /** Answers in the order of the questions. */
  @Schema(name = "Decisions")
  public record Decisions(List<Decision> decisions) {}
}
