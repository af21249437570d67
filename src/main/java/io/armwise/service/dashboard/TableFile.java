package io.armwise.service.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.armwise.service.platform.json.StrictJson;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table to take away: as CSV (RFC 4180) or as a JSON array of objects, unrounded, probabilities
 * in [0, 1].
 *
 * @param name of the file, without its ending; letters, digits, dots, underscores and hyphens
 * @param columns their names
 * @param rows a value per column: text, a number, a boolean, or null for none
 */
public record TableFile(String name, List<String> columns, List<List<@Nullable Object>> rows) {

  /** Checks the shape and keeps the rows. */
  public TableFile {
    columns = List.copyOf(columns);
    List<List<@Nullable Object>> kept = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "a row must have " + columns.size() + " values, got " + row.size());
      }
      kept.add(Collections.unmodifiableList(new ArrayList<>(row)));
    }
    rows = Collections.unmodifiableList(kept);
  }

  /** The formats of a table. */
  public enum Format {
    CSV("text/csv"),
    JSON(MediaType.APPLICATION_JSON);

    private final String type;

    Format(String type) {
      this.type = type;
    }
  }

  /** The table as a download. */
  public HttpResponse<String> answer(Format format) {
    String ending =
        switch (format) {
          case CSV -> ".csv";
          case JSON -> ".json";
        };
    return HttpResponse.ok(
            switch (format) {
              case CSV -> csv();
              case JSON -> json();
            })
        .contentType(MediaType.of(format.type + "; charset=utf-8"))
        .header("Content-Disposition", "attachment; filename=\"" + name + ending + "\"");
  }

  String csv() {
    StringBuilder csv = new StringBuilder(line(new ArrayList<>(columns)));
    rows.forEach(row -> csv.append(line(row)));
    return csv.toString();
  }

  private static String line(List<? extends @Nullable Object> values) {
    return values.stream().map(TableFile::field).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String field(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case BigDecimal number -> number.toPlainString();
      case Number number -> number.toString();
      case Boolean yes -> yes.toString();
      default -> text(value.toString());
    };
  }

  /**
   * Text that no spreadsheet takes for a formula: a leading quote, which it hides, in front of what
   * it would calculate; quoted where CSV needs it.
   */
  static String text(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
    String safe = formula ? "'" + text : text;
    return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }

  String json() {
    ArrayNode array = StrictJson.MAPPER.createArrayNode();
    for (List<@Nullable Object> row : rows) {
      ObjectNode object = array.addObject();
      for (int i = 0; i < columns.size(); i++) {
        object.putPOJO(columns.get(i), row.get(i));
      }
    }
    return StrictJson.write(array);
  }
}
