package io.armwise.service.dashboard.simulator;

import io.armwise.service.dashboard.Shell;
import io.armwise.service.dashboard.certificate.RunView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The simulator's page for suites.
 *
 * @param run that is shown; absent on the page that only asks
 * @param runs that this node keeps, newest first
 * @param examples names of the suites that come along
 * @param text in the form
 * @param error why it was refused; absent if it was not
 */
public record SuitePage(
    Shell shell,
    @Nullable Run run,
    List<Row> runs,
    List<String> examples,
    String text,
    @Nullable String error) {

  /** Keeps the lists. */
  public SuitePage {
    runs = List.copyOf(runs);
    examples = List.copyOf(examples);
  }

  /**
   * A run.
   *
   * @param size how much it is
   * @param tables that can be taken; empty before it is done
   */
  public record Run(
      String id,
      String name,
      String description,
      String size,
      RunView progress,
      List<String> tables) {
    /** Keeps the list. */
    public Run {
      tables = List.copyOf(tables);
    }

    /** Whether its report can be read. */
    public boolean isDone() {
      return progress.status().equals("done");
    }
  }

  /** A run in the list. */
  public record Row(String id, String name, String size, String status, String at, String actor) {}
}
