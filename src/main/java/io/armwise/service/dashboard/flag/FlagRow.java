package io.armwise.service.dashboard.flag;

import io.armwise.service.dashboard.ArmRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A flag in words.
 *
 * @param status what it does now
 * @param type of its values; a dash where an experiment gives them
 * @param sentence what units get
 * @param variants empty where an experiment gives them
 * @param condition on the units that are served; absent for all
 * @param experiment that gives its values, or that it was shipped from; absent for neither
 * @param changed when it last did
 */
public record FlagRow(
    String key,
    String name,
    int version,
    Status status,
    String type,
    String sentence,
    List<VariantRow> variants,
    @Nullable String condition,
    @Nullable Source experiment,
    String changed) {

  /** Keeps the list. */
  public FlagRow {
    variants = List.copyOf(variants);
  }

  /** Whether more than one variant is served. */
  public boolean isSplit() {
    return status == Status.ON
        && variants.stream().filter(variant -> variant.fraction() > 0).count() > 1;
  }

  /** What a flag does. */
  public enum Status {
    ON("On", "running"),
    OFF("Off", "paused"),
    EXPERIMENT("By experiment", "running");

    private final String text;
    private final String style;

    Status(String text, String style) {
      this.text = text;
      this.style = style;
    }

    /** What people read. */
    public String text() {
      return text;
    }

    /** Name of the badge's style. */
    public String style() {
      return style;
    }
  }

  /**
   * A variant.
   *
   * @param slot gives it its colour
   * @param fraction of the units that are served, in [0, 1]
   * @param share the same in words
   * @param width the same as an SVG percentage
   * @param otherwise whether all other units get it
   */
  public record VariantRow(
      int slot,
      String key,
      String value,
      double fraction,
      String share,
      String width,
      boolean otherwise) {
    /** The class that gives it its colour. */
    public String colour() {
      return ArmRow.colour(slot);
    }
  }

  /**
   * An experiment behind a flag.
   *
   * @param word how they belong together
   */
  public record Source(String key, String name, String word) {}
}
