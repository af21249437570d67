package io.armwise.service.decision;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for decisions: one unit in one or several experiments, or several units in one experiment.
 *
 * @param experiment key; or {@code experiments}
 * @param experiments several keys
 * @param unit id; may be left out where requests are randomised; or {@code units}
 * @param units several ids
 * @param token the unit's last decision, which keeps its arm while that arm is live
 */
@Schema(name = "DecisionRequest")
public record DecisionRequest(
    @Nullable String experiment,
    @Nullable List<@Nullable String> experiments,
    @Nullable String unit,
    @Nullable List<@Nullable String> units,
    @Nullable String token) {}
