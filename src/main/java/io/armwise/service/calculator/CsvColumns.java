package io.armwise.service.calculator;

import io.armwise.service.platform.NearestName;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The columns of a CSV file: two that name the arm, and those of one kind of data.
 *
 * @param kind what the columns measure
 * @param positions of the columns in a row, from 0
 * @param titles as the file writes them, in the order of the row
 */
record CsvColumns(Kind kind, Map<Column, Integer> positions, List<String> titles) {

  /** What a column means. */
  enum Column {
    EXPERIMENT,
    ARM,
    TRIALS,
    SUCCESSES,
    COUNT,
    MEAN,
    SD,
    EVENTS,
    EXPOSURE
  }

  /** Which columns belong together. */
  enum Kind {
    TRIALS,
    MOMENTS,
    EVENTS;

    private Set<Column> columns() {
      return switch (this) {
        case TRIALS -> Set.of(Column.TRIALS, Column.SUCCESSES);
        case MOMENTS -> Set.of(Column.COUNT, Column.MEAN, Column.SD);
        case EVENTS -> Set.of(Column.EVENTS, Column.EXPOSURE);
      };
    }
  }

  private static final Map<String, Column> TITLES = titlesOfColumns();
  private static final String EXPECTED =
      "the header must be experiment,arm with trials,successes or n,mean,sd or events,exposure";

  private static Map<String, Column> titlesOfColumns() {
    Map<String, Column> titles = new LinkedHashMap<>();
    titles.put("experiment", Column.EXPERIMENT);
    titles.put("arm", Column.ARM);
    titles.put("trials", Column.TRIALS);
    titles.put("impressions", Column.TRIALS);
    titles.put("units", Column.TRIALS);
    titles.put("successes", Column.SUCCESSES);
    titles.put("clicks", Column.SUCCESSES);
    titles.put("conversions", Column.SUCCESSES);
    titles.put("n", Column.COUNT);
    titles.put("mean", Column.MEAN);
    titles.put("sd", Column.SD);
    titles.put("events", Column.EVENTS);
    titles.put("exposure", Column.EXPOSURE);
    return titles;
  }

  /**
   * Understands a header.
   *
   * @param where it stands, for messages
   * @param header its cells
   */
  static CsvColumns of(String where, List<String> header) throws InputException {
    Map<Column, Integer> positions = new EnumMap<>(Column.class);
    for (int position = 0; position < header.size(); position++) {
      String title = header.get(position);
      Column column = TITLES.get(title.toLowerCase(Locale.ROOT));
      if (column == null) {
        throw new InputException(
            where + ", column " + (position + 1),
            "%s, got '%s'; did you mean '%s'?"
                .formatted(EXPECTED, title, NearestName.of(title, TITLES.keySet())));
      }
      if (positions.putIfAbsent(column, position) != null) {
        throw new InputException(
            where + ", column " + (position + 1),
            "each column must appear once, got '%s' again".formatted(title));
      }
    }
    for (Kind kind : Kind.values()) {
      if (positions.size() == 2 + kind.columns().size()
          && positions.keySet().containsAll(kind.columns())
          && positions.keySet().containsAll(Set.of(Column.EXPERIMENT, Column.ARM))) {
        return new CsvColumns(kind, positions, header);
      }
    }
    throw new InputException(where, EXPECTED + ", got '" + String.join(",", header) + "'");
  }

  /** Position of a column of the kind in a row, from 0. */
  int position(Column column) {
    Integer position = positions.get(column);
    if (position == null) {
      throw new IllegalArgumentException("no column " + column + " in " + titles);
    }
    return position;
  }
}
