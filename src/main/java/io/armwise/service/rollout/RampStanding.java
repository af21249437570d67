package io.armwise.service.rollout;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a ramp is.
 *
 * @param step the step whose share has been reached, from 1; 0 below the first
 * @param share the share of traffic now
 * @param next the share of the next step; absent on the last
 * @param since since when the share has been held; absent before the experiment starts
 * @param dueAt when the next step is due at the earliest
 * @param held why the next step waits although its time has come
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "RampProgress")
public record RampStanding(
    int step,
    int steps,
    double share,
    @Nullable Double next,
    @Nullable Instant since,
    @Nullable Instant dueAt,
    @Nullable String held) {}
