package io.armwise.service.decision;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for decisions: one unit in one or several experiments, or several units in one or several.
 *
 * @param experiment key; or {@code experiments}
 * @param experiments several keys
 * @param unit id; may be left out where requests are randomised; or {@code units}
 * @param units several ids
 * @param attributes what conditions may look at, the same for all units
 * @param token the unit's last decision, which keeps its arm while that arm is live
 * @param candidates keys of the arms that can be shown, if not all; with one experiment
 * @param count how many distinct arms are wanted, best guess first; with one experiment that
 *     randomises requests, and one unit
 * @param mode {@code learn}, or {@code exploit} for bots and previews: the best arm, and nothing is
 *     learned
 */
@Schema(name = "DecisionRequest")
public record DecisionRequest(
    @Nullable String experiment,
    @Nullable List<@Nullable String> experiments,
    @Nullable String unit,
    @Nullable List<@Nullable String> units,
    @Schema(type = "object") @Nullable JsonNode attributes,
    @Nullable String token,
    @Nullable List<@Nullable String> candidates,
    @Nullable Integer count,
    @Schema(description = "One of learn, exploit") @Nullable String mode) {}
