package io.armwise.service.flag;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.experiment.TargetingRule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A flag as it is stored, checked and complete.
 *
 * @param key identifies it for life; no other flag has it, nor another experiment than its own
 * @param version counts its changes, from 1
 * @param sequence number of its last change, from {@code change_sequence}
 * @param document as it was written
 * @param serving what it serves
 * @param createdAt when it was created
 * @param updatedAt when it last changed
 */
public record Flag(
    String key,
    int version,
    long sequence,
    FlagDocument document,
    Serving serving,
    Instant createdAt,
    Instant updatedAt) {

  /** What a flag serves. */
  public sealed interface Serving {}

  /** Whatever an experiment decides, under the flag's key. */
  public record ByExperiment(String experiment) implements Serving {}

  /**
   * Its own variants.
   *
   * @param variants in slot order
   * @param shares of the units that are served, per variant
   * @param otherwise index of the variant of all other units
   * @param targeting the units that are served; null for all
   * @param enabled whether any are
   */
  public record OfVariants(
      List<Variant> variants,
      Shares shares,
      int otherwise,
      @Nullable TargetingRule targeting,
      boolean enabled)
      implements Serving {
    /** Copies the list. */
    public OfVariants {
      variants = List.copyOf(variants);
    }
  }

  /**
   * A value with its name.
   *
   * @param value a JSON value as text
   */
  public record Variant(String key, String value) {}
}
