package io.armwise.service.flag;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.experiment.ParticipationDocument.ConditionDocument;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A flag as JSON: what callers send and what the database keeps.
 *
 * @param variants the values that it can have, all of one type; absent if an experiment gives them
 * @param targeting the units that are served; absent for all
 * @param otherwise the variant of all other units, and of all while it is disabled; default: last
 * @param serve what the units get
 * @param enabled default: true
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Flag")
public record FlagDocument(
    @Nullable String key,
    @Nullable String name,
    @Nullable List<@Nullable VariantDocument> variants,
    @Nullable ConditionDocument targeting,
    @Nullable String otherwise,
    @Nullable ServeDocument serve,
    @Nullable Boolean enabled) {

  /** The same, on or off. */
  FlagDocument withEnabled(boolean wanted) {
    return new FlagDocument(key, name, variants, targeting, otherwise, serve, wanted);
  }

  /** A value with its name. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Variant")
  public record VariantDocument(@Nullable String key, @Nullable JsonNode value) {}

  /** What units get; exactly one of the three. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Serve")
  public record ServeDocument(
      @Schema(description = "One variant for all") @Nullable String variant,
      @Schema(description = "A fraction of the units per variant; they sum to 1")
          @Nullable Map<String, Double> split,
      @Schema(description = "Whatever this experiment decides") @Nullable String experiment) {}
}
