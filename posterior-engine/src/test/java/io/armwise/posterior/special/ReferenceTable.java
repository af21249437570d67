package io.armwise.posterior.special;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** A table of reference values: a header and one case per line, numbers with up to 32 digits. */
record ReferenceTable(String name, List<String> header, List<Row> rows) {

  /** Values below are printed as 0.0 in the tables: compared absolutely. */
  private static final double PRINTED_AS_ZERO = 1e-60;

  /** One case; inputs are the doubles nearest to the printed decimals. */
  record Row(String line, List<String> cells) {
    double input(int column) {
      return Double.parseDouble(cells.get(column));
    }
  }

  static ReferenceTable load(String name) {
    String path = "/reference/special/" + name;
    try (InputStream stream = ReferenceTable.class.getResourceAsStream(path)) {
      byte[] bytes = Objects.requireNonNull(stream, path).readAllBytes();
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      List<Row> rows =
          lines.stream().skip(1).map(line -> new Row(line, List.of(line.split(",")))).toList();
      return new ReferenceTable(name, List.of(lines.getFirst().split(",")), rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails unless every value of the column is met within {@code tolerance} of its own size. */
  void assertRelativeError(String column, double tolerance, ToDoubleFunction<Row> function) {
    assertError(column, tolerance, PRINTED_AS_ZERO, function);
  }

  /** Fails unless every value is met within {@code tolerance} of {@code max(1, its own size)}. */
  void assertScaledError(String column, double tolerance, ToDoubleFunction<Row> function) {
    assertError(column, tolerance, 1, function);
  }

  private void assertError(
      String column, double tolerance, double smallestScale, ToDoubleFunction<Row> function) {
    int index = header.indexOf(column);
    assertThat(index).as("column %s of %s", column, header).isNotNegative();
    assertThat(rows).as("cases of %s", name).isNotEmpty();
    List<String> failures = new ArrayList<>();
    for (Row row : rows) {
      BigDecimal expected = new BigDecimal(row.cells().get(index));
      double actual = function.applyAsDouble(row);
      double scale = Math.max(smallestScale, Math.abs(expected.doubleValue()));
      // The reference keeps its digits: rounding it to a double would hide half a unit.
      boolean overflows = Double.isInfinite(expected.doubleValue());
      if (overflows && actual == expected.doubleValue()) {
        continue;
      }
      double error =
          Double.isFinite(actual) && !overflows
              ? new BigDecimal(actual).subtract(expected).abs().doubleValue() / scale
              : Double.POSITIVE_INFINITY;
      if (!(error <= tolerance)) {
        failures.add(String.format("error %.2g, got %s for %s", error, actual, row.line()));
      }
    }
    assertThat(failures).as("%s of %s within %s", column, name, tolerance).isEmpty();
  }
}
