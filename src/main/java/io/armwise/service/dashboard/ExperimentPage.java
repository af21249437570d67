package io.armwise.service.dashboard;

import io.armwise.service.dashboard.action.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An experiment's page.
 *
 * @param done what the person has just done, if anything
 * @param editable whether the reader may change the definition
 * @param tasks what its status allows; empty for those who may not act
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
    @Nullable String done,
    boolean editable,
    List<Task> tasks,
    List<Setting> settings,
    List<Payload> payloads,
    List<AuditRow> audit) {

  /** Keeps the lists. */
  public ExperimentPage {
    tasks = List.copyOf(tasks);
    settings = List.copyOf(settings);
    payloads = List.copyOf(payloads);
    audit = List.copyOf(audit);
  }

  /** A setting in words. */
  public record Setting(String name, String value) {}

  /**
   * What callers get for an arm.
   *
   * @param colour the class that gives the arm its colour
   */
  public record Payload(String colour, String key, String name, String json) {}

  /** Who did what and why. */
  public record AuditRow(
      String at, String time, String actor, String action, @Nullable String reason) {}
}
