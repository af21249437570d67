package io.armwise.service.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Layers and holdouts as JSON. */
public final class LayerDocuments {
  private LayerDocuments() {}

  /** A new layer. */
  @Schema(name = "NewLayer")
  public record NewLayer(@Nullable String key, @Nullable String name) {}

  /** A new holdout; without a layer it keeps units out of all experiments. */
  @Schema(name = "NewHoldout")
  public record NewHoldout(
      @Nullable String key,
      @Nullable String name,
      @Nullable String layer,
      @Schema(description = "First bucket, 0 to 9,999; 100 buckets are 1 % of the units")
          @Nullable Integer from,
      @Schema(description = "Bucket after the last") @Nullable Integer until) {}

  /**
   * A layer with what takes part of it.
   *
   * @param experiments the running and paused ones
   * @param free ranges that no running or paused experiment takes
   */
  @Schema(name = "Layer")
  public record LayerView(
      String key, String name, Instant createdAt, List<Taken> experiments, List<Range> free) {}

  /** A range that an experiment takes. */
  @Schema(name = "TakenRange")
  public record Taken(String experiment, String status, int from, int until) {}

  /** A range of buckets. */
  @Schema(name = "BucketRange")
  public record Range(int from, int until) {}

  /** All layers. */
  @Schema(name = "Layers")
  public record Layers(List<LayerView> layers) {}

  /** A holdout. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Holdout")
  public record HoldoutView(
      String key,
      String name,
      @Nullable String layer,
      int from,
      int until,
      Instant createdAt,
      @Nullable Instant endedAt) {}

  /** All holdouts, ended ones too. */
  @Schema(name = "Holdouts")
  public record Holdouts(List<HoldoutView> holdouts) {}
}
