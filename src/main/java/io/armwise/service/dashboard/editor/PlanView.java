package io.armwise.service.dashboard.editor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a design would take, said while it is written.
 *
 * @param missing what an estimate still needs; absent once there is one
 * @param sentence the estimate in words
 * @param effects what effects of several sizes take
 * @param horizons what can be seen after some days; empty without traffic
 * @param notes what else follows from the design
 * @param warnings what a person should think about again
 */
public record PlanView(
    @Nullable String missing,
    @Nullable String sentence,
    List<Effect> effects,
    List<Horizon> horizons,
    List<String> notes,
    List<String> warnings) {

  /** Keeps the lists. */
  public PlanView {
    effects = List.copyOf(effects);
    horizons = List.copyOf(horizons);
    notes = List.copyOf(notes);
    warnings = List.copyOf(warnings);
  }

  /**
   * What an effect takes.
   *
   * @param effect its size
   * @param units per arm
   * @param days until they are in; a dash without traffic
   * @param chosen whether it is the design's own
   */
  public record Effect(String effect, String units, String days, boolean chosen) {}

  /** The smallest effect that some days of traffic show. */
  public record Horizon(String days, String effect) {}
}
