package io.armwise.service.dashboard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A metric beside the primary one, in words.
 *
 * @param key of the metric
 * @param guardrail whether it must not get worse
 * @param better {@code Higher} or {@code Lower}
 * @param smallestEffect that matters
 * @param measured heading of the column with the arms' values
 * @param arms in slot order
 */
public record SideMetric(
    String key,
    boolean guardrail,
    String better,
    String smallestEffect,
    String measured,
    List<Row> arms) {

  /** Keeps the list. */
  public SideMetric {
    arms = List.copyOf(arms);
  }

  /**
   * An arm under the metric.
   *
   * @param colour the class that gives the arm its colour
   * @param value a dash while there is too little evidence
   * @param interval absent while there is too little evidence
   * @param change over the control; absent for the control
   * @param changeInterval absent for the control
   * @param beatsControl absent for the control
   * @param harm probability to be worse by what matters; absent for the control
   * @param level how bad that is, of a guardrail
   */
  public record Row(
      String colour,
      String name,
      String units,
      String value,
      @Nullable String interval,
      @Nullable String change,
      @Nullable String changeInterval,
      @Nullable String beatsControl,
      @Nullable String harm,
      HealthItem.Level level) {}
}
