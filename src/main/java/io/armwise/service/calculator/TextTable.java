package io.armwise.service.calculator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rows of cells in aligned columns: the first to the left, the others to the right. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<Row> rows = new ArrayList<>();

  private record Row(List<String> cells, UnaryOperator<String> paint) {}

  /** Adds a row; all rows have the same number of cells. */
  TextTable row(String... cells) {
    return row(UnaryOperator.identity(), cells);
  }

  /** Adds a row that is painted after it has been aligned. */
  TextTable row(UnaryOperator<String> paint, String... cells) {
    rows.add(new Row(List.of(cells), paint));
    return this;
  }

  /** The lines, indented, without trailing blanks. */
  List<String> lines() {
    int columns = rows.isEmpty() ? 0 : rows.getFirst().cells().size();
    int[] width = new int[columns];
    for (Row row : rows) {
      for (int c = 0; c < columns; c++) {
        width[c] = Math.max(width[c], length(row.cells().get(c)));
      }
    }
    return rows.stream().map(row -> line(row, width)).toList();
  }

  private static String line(Row row, int[] width) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < width.length; c++) {
      String cell = row.cells().get(c);
      int padding = width[c] - length(cell);
      line.append(GAP);
      if (c == 0) {
        line.append(cell).repeat(' ', padding);
      } else {
        line.repeat(' ', padding).append(cell);
      }
    }
    return row.paint().apply(line.toString().stripTrailing());
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
