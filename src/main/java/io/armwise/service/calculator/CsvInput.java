package io.armwise.service.calculator;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.armwise.service.calculator.ArmGroup.NamedArm;
import io.armwise.service.calculator.CsvColumns.Column;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads arms from CSV (RFC 4180; the separator is a comma, semicolon or tab, whichever the header
 * has). Rows of one experiment need not stand together.
 */
final class CsvInput {
  private static final CsvFactory FACTORY =
      CsvFactory.builder()
          .enable(CsvParser.Feature.TRIM_SPACES)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build();

  private final String source;
  private final CsvColumns columns;

  private CsvInput(String source, CsvColumns columns) {
    this.source = source;
    this.columns = columns;
  }

  /**
   * Reads all experiments.
   *
   * @param source name of the file, for messages
   * @param text UTF-8
   */
  static List<ArmGroup> read(String source, byte[] text) throws InputException {
    ArmGroups groups = new ArmGroups();
    try (CsvParser parser = FACTORY.createParser(text)) {
      parser.setSchema(CsvSchema.emptySchema().withColumnSeparator(separator(text)));
      Row header = row(parser);
      if (header == null) {
        throw new InputException(source, "the input must have a header and a row, got nothing");
      }
      CsvInput input =
          new CsvInput(source, CsvColumns.of(place(source, header.line()), header.cells()));
      Row first = row(parser);
      if (first == null) {
        throw new InputException(source, "the input must have a row below its header, got none");
      }
      for (Row row = first; row != null; row = row(parser)) {
        input.add(row, groups);
      }
    } catch (JacksonException e) {
      throw new InputException(
          place(source, e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
          "the input must be CSV: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new InputException(source, "the input must be UTF-8: " + e.getMessage());
    }
    return groups.toList();
  }

  private record Row(int line, List<String> cells) {}

  private static @Nullable Row row(CsvParser parser) throws IOException {
    if (parser.nextToken() == null) {
      return null;
    }
    List<String> cells = new ArrayList<>();
    int line = 0;
    while (parser.nextToken() == JsonToken.VALUE_STRING) {
      // Of a cell, as the row's own location may still be that of the line before.
      if (cells.isEmpty()) {
        line = parser.currentTokenLocation().getLineNr();
      }
      cells.add(parser.getText());
    }
    return new Row(line, cells);
  }

  /** The first of the separators in the header. */
  private static char separator(byte[] text) {
    for (byte b : text) {
      if (b == ',' || b == ';' || b == '\t') {
        return (char) b;
      }
      if (b == '\n') {
        break;
      }
    }
    return ',';
  }

  private static String place(String source, int line) {
    return source + ":" + line;
  }

  private void add(Row row, ArmGroups groups) throws InputException {
    String where = place(source, row.line());
    if (row.cells().size() != columns.titles().size()) {
      throw new InputException(
          where,
          "a row must have %d cells as the header has, got %d"
              .formatted(columns.titles().size(), row.cells().size()));
    }
    ArmData data =
        switch (columns.kind()) {
          case TRIALS -> {
            double trials = atLeastZero(row, Column.TRIALS);
            double successes = atLeastZero(row, Column.SUCCESSES);
            if (!(successes <= trials)) {
              throw violation(
                  row, Column.SUCCESSES, "must be <= " + cell(row, Column.TRIALS) + " trials");
            }
            yield new ArmData.Trials(trials, successes);
          }
          case MOMENTS ->
              new ArmData.Moments(
                  above(row, Column.COUNT, 1), number(row, Column.MEAN), above(row, Column.SD, 0));
          case EVENTS ->
              new ArmData.Events(atLeastZero(row, Column.EVENTS), above(row, Column.EXPOSURE, 0));
        };
    groups.add(name(row, Column.EXPERIMENT), new NamedArm(name(row, Column.ARM), data, where));
  }

  private String name(Row row, Column column) throws InputException {
    String name = cell(row, column);
    if (name.isEmpty()) {
      throw violation(row, column, "must be a name");
    }
    return name;
  }

  private double number(Row row, Column column) throws InputException {
    double value = Numbers.parse(cell(row, column)).orElse(Double.NaN);
    if (Double.isNaN(value)) {
      throw violation(row, column, "must be a finite decimal number");
    }
    return value;
  }

  private double atLeastZero(Row row, Column column) throws InputException {
    double value = number(row, column);
    if (!(value >= 0)) {
      throw violation(row, column, "must be >= 0");
    }
    return value;
  }

  private double above(Row row, Column column, double bound) throws InputException {
    double value = number(row, column);
    if (!(value > bound)) {
      throw violation(row, column, "must be > " + (long) bound);
    }
    return value;
  }

  private String cell(Row row, Column column) {
    return row.cells().get(columns.position(column));
  }

  private InputException violation(Row row, Column column, String rule) {
    return new InputException(
        "%s, column %s"
            .formatted(place(source, row.line()), columns.titles().get(columns.position(column))),
        "%s, got '%s'".formatted(rule, cell(row, column)));
  }
}
