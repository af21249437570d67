package io.armwise.service.dashboard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An experiment's page.
 *
 * @param actions what its status allows; empty for those who may not act
 * @param settings of the definition
 * @param payloads of the arms
 * @param audit newest first
 */
public record ExperimentPage(
    Shell shell,
    String key,
    String name,
    String hypothesis,
    String owner,
    LiveView live,
    List<Action> actions,
    List<Setting> settings,
    List<Payload> payloads,
    List<AuditRow> audit) {

  /** Keeps the lists. */
  public ExperimentPage {
    actions = List.copyOf(actions);
    settings = List.copyOf(settings);
    payloads = List.copyOf(payloads);
    audit = List.copyOf(audit);
  }

  /**
   * Something a person can do.
   *
   * @param value of the form's button
   * @param text on the button
   * @param effect what will happen
   * @param style of the button: {@code primary}, {@code plain} or {@code danger}
   */
  public record Action(String value, String text, String effect, String style) {}

  /** A setting in words. */
  public record Setting(String name, String value) {}

  /** What callers get for an arm. */
  public record Payload(int slot, String key, String name, String json) {
    /** The class that gives the arm its colour. */
    public String colour() {
      return ArmRow.colour(slot);
    }
  }

  /** Who did what and why. */
  public record AuditRow(
      String at, String time, String actor, String action, @Nullable String reason) {}
}
