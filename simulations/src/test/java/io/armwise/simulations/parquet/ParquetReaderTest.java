package io.armwise.simulations.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was written comes back; what was damaged does not. DuckDB reads the same files elsewhere.
 */
class ParquetReaderTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("name", Column.Kind.TEXT),
          new Column("bytes", Column.Kind.BYTES),
          new Column("count", Column.Kind.WHOLE),
          new Column("value", Column.Kind.REAL),
          new Column("flag", Column.Kind.FLAG));

  @TempDir private Path folder = Path.of("");

  private Path written(List<Object[]> rows) throws IOException {
    Path file = folder.resolve("table.parquet");
    try (ParquetWriter writer = new ParquetWriter(Files.newOutputStream(file), COLUMNS)) {
      for (Object[] row : rows) {
        writer.row(row);
      }
    }
    return file;
  }

  private static List<Object[]> rows(int count) {
    Random random = new Random(3);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[random.nextInt(100)];
      random.nextBytes(bytes);
      rows.add(
          new Object[] {"näme " + i, bytes, random.nextLong(), random.nextDouble(), i % 3 == 0});
    }
    return rows;
  }

  private static List<Object[]> read(Path file) throws IOException {
    List<Object[]> all = new ArrayList<>();
    try (ParquetReader reader = new ParquetReader(file, COLUMNS)) {
      for (List<Object[]> next = reader.next(); !next.isEmpty(); next = reader.next()) {
        all.addAll(next);
      }
      assertThat(all).hasSize((int) reader.rows());
    }
    return all;
  }

  @Test
  void readsBackEveryValue() throws IOException {
    for (int count : new int[] {0, 1, 9, 200_001}) {
      List<Object[]> rows = rows(count);
      List<Object[]> read = read(written(rows));
      assertThat(read).hasSameSizeAs(rows);
      for (int i = 0; i < count; i++) {
        assertThat(read.get(i)).isEqualTo(rows.get(i));
      }
    }
  }

  /** A checksum covers each page, so that a changed byte is no row; nothing hangs or exhausts. */
  @Test
  void noticesEveryDamageOrReadsTheSame() throws IOException {
    List<Object[]> rows = rows(20);
    byte[] whole = Files.readAllBytes(written(rows));
    Path file = folder.resolve("damaged.parquet");
    int noticed = 0;
    for (int at = 4; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(file, damaged);
      List<Object[]> read;
      try {
        read = read(file);
      } catch (IOException e) {
        noticed++;
        continue;
      }
      assertThat(read).as("byte %d", at).hasSameSizeAs(rows);
      for (int i = 0; i < rows.size(); i++) {
        assertThat(read.get(i)).as("byte %d", at).isEqualTo(rows.get(i));
      }
    }
    assertThat(noticed).isGreaterThan(whole.length / 2);
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(file));
  }

  @Test
  void refusesOtherColumns() throws IOException {
    Path file = written(rows(3));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> new ParquetReader(file, COLUMNS.subList(0, 4)))
        .withMessageContaining("columns must be");
  }
}
