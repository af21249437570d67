package io.armwise.service.dashboard.simulator;

import io.armwise.service.dashboard.Shell;
import io.armwise.service.dashboard.certificate.CertificatePage.Result;
import io.armwise.service.dashboard.certificate.RunView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The simulator.
 *
 * @param run that is shown; absent on the page that only asks
 * @param runs that this node keeps, newest first
 * @param fields of the form, by name
 * @param errors by name of the field; the empty name for the whole
 */
public record SimulatorPage(
    Shell shell,
    @Nullable Run run,
    List<Row> runs,
    Map<String, String> fields,
    Map<String, String> errors) {

  /** Keeps the collections. */
  public SimulatorPage {
    runs = List.copyOf(runs);
    fields = Map.copyOf(fields);
    errors = Map.copyOf(errors);
  }

  /**
   * A run.
   *
   * @param result absent before it is done
   */
  public record Run(String id, RunView progress, @Nullable Result result) {}

  /**
   * A run in the list, to be held beside others.
   *
   * @param figures false winner, found, days, saved; dashes before it is done
   */
  public record Row(String id, String at, String design, String status, List<String> figures) {
    /** Keeps the list. */
    public Row {
      figures = List.copyOf(figures);
    }
  }

  /** What was typed; empty for nothing. */
  public String text(String field) {
    return fields.getOrDefault(field, "");
  }

  /** What is wrong with a field; null if nothing is. */
  public @Nullable String error(String field) {
    return errors.get(field);
  }
}
