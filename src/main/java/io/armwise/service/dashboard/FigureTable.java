package io.armwise.service.dashboard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a chart as a table, of every arm, newest first.
 *
 * @param caption what they are
 * @param columns their headings
 * @param rows a cell per column; the first is the row's heading
 */
public record FigureTable(String caption, List<String> columns, List<List<Cell>> rows) {

  /** Keeps the lists. */
  public FigureTable {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /**
   * A cell.
   *
   * @param text what it says
   * @param note what it rests on, if that is said
   * @param time the same for machines, if it is a time
   */
  public record Cell(String text, @Nullable String note, @Nullable String time) {
    static Cell of(String text) {
      return new Cell(text, null, null);
    }
  }
}
