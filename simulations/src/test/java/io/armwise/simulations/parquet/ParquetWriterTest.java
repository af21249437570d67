package io.armwise.simulations.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB, which shares no code with the writer, reads what was written. */
class ParquetWriterTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("name", Column.Kind.TEXT),
          new Column("count", Column.Kind.WHOLE),
          new Column("value", Column.Kind.REAL),
          new Column("flag", Column.Kind.FLAG));

  @TempDir private Path folder = Path.of("");

  private Path written(int rows) throws IOException {
    Path file = folder.resolve("table.parquet");
    try (ParquetWriter writer = new ParquetWriter(Files.newOutputStream(file), COLUMNS)) {
      for (int i = 0; i < rows; i++) {
        writer.row(
            "näme, \"" + i % 7 + "\"", (long) i - 5, Math.sqrt(i) - 1e300 / (i + 1), i % 3 == 0);
      }
    }
    return file;
  }

  private static String asked(String question) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      StringBuilder text = new StringBuilder();
      while (answer.next()) {
        for (int i = 1; i <= answer.getMetaData().getColumnCount(); i++) {
          text.append(i == 1 ? "" : " | ").append(answer.getObject(i));
        }
        text.append('\n');
      }
      return text.toString();
    }
  }

  @Test
  void anotherProgramReadsEveryValue() throws Exception {
    Path file = written(11);
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 11; i++) {
      expected.append("näme, \"").append(i % 7).append("\" | ").append(i - 5).append(" | ");
      expected.append(Math.sqrt(i) - 1e300 / (i + 1)).append(" | ").append(i % 3 == 0).append('\n');
    }
    assertThat(asked("select * from '" + file + "'")).isEqualTo(expected.toString());
    assertThat(asked("select column_name, column_type from (describe from '" + file + "')"))
        .isEqualTo("name | VARCHAR\ncount | BIGINT\nvalue | DOUBLE\nflag | BOOLEAN\n");
  }

  @Test
  void largeTablesHaveSeveralGroupsOfRows() throws Exception {
    Path file = written(250_001);
    assertThat(
            asked(
                "select count(*), sum(count)::bigint, count(distinct name), count(*) filter (flag)"
                    + " from '"
                    + file
                    + "'"))
        .isEqualTo("250001 | " + (250_000L * 250_001 / 2 - 5L * 250_001) + " | 7 | 83334\n");
    assertThat(asked("select num_row_groups, num_rows from parquet_file_metadata('" + file + "')"))
        .isEqualTo("3 | 250001\n");
  }

  @Test
  void anEmptyTableHasItsColumns() throws Exception {
    assertThat(asked("select count(*), count(flag) from '" + written(0) + "'"))
        .isEqualTo("0 | 0\n");
  }

  @Test
  void refusesRowsThatDoNotFit() throws IOException {
    try (ParquetWriter writer = new ParquetWriter(new ByteArrayOutputStream(), COLUMNS)) {
      assertThatIllegalArgumentException().isThrownBy(() -> writer.row("a", 1L));
      assertThatExceptionOfType(ClassCastException.class)
          .isThrownBy(() -> writer.row("a", 1, 1.0, true));
    }
  }
}
