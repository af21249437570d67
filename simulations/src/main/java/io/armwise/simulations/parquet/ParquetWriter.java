package io.armwise.simulations.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a flat table without gaps as a Parquet file: plain encoding, gzip, one page per column and
 * group of rows, which is the least that the format asks for and what every reader knows. Holds one
 * group of rows in memory. One owner; not thread-safe.
 *
 * <p>Source: the Apache Parquet format 2.10, {@code parquet.thrift} and "Encodings", PLAIN.
 */
public final class ParquetWriter implements AutoCloseable {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int ROWS_PER_GROUP = 100_000;
  private static final int BYTES_PER_GROUP = 8 << 20;
  private static final int UTF8 = 0;
  private static final int REQUIRED = 0;
  private static final int PLAIN = 0;
  private static final int LEVELS_AS_RUNS = 3;
  private static final int GZIP = 2;
  private static final int DATA_PAGE = 0;

  private final OutputStream out;
  private final List<Column> columns;
  private final List<PlainValues> values = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private long position;
  private int rows;

  /** Where a column's page is and how large. */
  private record Chunk(long offset, int size, int sizeUnpacked) {}

  private record Group(int rows, List<Chunk> chunks) {}

  /**
   * Begins a file.
   *
   * @param out where it goes; closed with the writer
   * @param columns at least one
   * @throws IOException if it cannot be written
   */
  public ParquetWriter(OutputStream out, List<Column> columns) throws IOException {
    this.out = out;
    this.columns = List.copyOf(columns);
    this.columns.forEach(column -> values.add(new PlainValues(column.kind())));
    write(MAGIC);
  }

  /**
   * Adds a row.
   *
   * @param row a value per column, of its kind
   * @throws IllegalArgumentException if there are more or fewer
   * @throws ClassCastException if a value is of another kind
   * @throws IOException if it cannot be written
   */
  public void row(Object... row) throws IOException {
    if (row.length != columns.size()) {
      throw new IllegalArgumentException(
          "a row must have " + columns.size() + " values, got " + row.length);
    }
    for (int i = 0; i < row.length; i++) {
      values.get(i).add(row[i]);
    }
    rows++;
    int size = 0;
    for (PlainValues column : values) {
      size += column.size();
    }
    if (rows == ROWS_PER_GROUP || size >= BYTES_PER_GROUP) {
      endGroup();
    }
  }

  /** Ends the file. */
  @Override
  public void close() throws IOException {
    try (out) {
      if (rows > 0) {
        endGroup();
      }
      byte[] footer = footer();
      write(footer);
      int size = footer.length;
      write(new byte[] {(byte) size, (byte) (size >> 8), (byte) (size >> 16), (byte) (size >> 24)});
      write(MAGIC);
    }
  }

  private void endGroup() throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    for (PlainValues column : values) {
      byte[] plain = column.take();
      byte[] packed = packed(plain);
      byte[] header = pageHeader(plain.length, packed.length);
      chunks.add(new Chunk(position, header.length + packed.length, header.length + plain.length));
      write(header);
      write(packed);
    }
    groups.add(new Group(rows, chunks));
    rows = 0;
  }

  private static byte[] packed(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    }
    return packed.toByteArray();
  }

  private byte[] pageHeader(int plain, int packed) {
    return new CompactStruct()
        .number(1, DATA_PAGE)
        .number(2, plain)
        .number(3, packed)
        .struct(
            5,
            new CompactStruct()
                .number(1, rows)
                .number(2, PLAIN)
                .number(3, LEVELS_AS_RUNS)
                .number(4, LEVELS_AS_RUNS))
        .bytes();
  }

  private byte[] footer() {
    List<CompactStruct> schema = new ArrayList<>();
    schema.add(new CompactStruct().text(4, "table").number(5, columns.size()));
    for (Column column : columns) {
      CompactStruct element =
          new CompactStruct()
              .number(1, column.kind().type)
              .number(3, REQUIRED)
              .text(4, column.name());
      schema.add(column.kind() == Column.Kind.TEXT ? element.number(6, UTF8) : element);
    }
    long all = groups.stream().mapToLong(Group::rows).sum();
    return new CompactStruct()
        .number(1, 2)
        .structs(2, schema)
        .wide(3, all)
        .structs(4, groups.stream().map(this::rowGroup).toList())
        .text(6, "armwise")
        .bytes();
  }

  private CompactStruct rowGroup(Group group) {
    List<CompactStruct> chunks = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      chunks.add(chunk(columns.get(i), group.rows(), group.chunks().get(i)));
    }
    return new CompactStruct()
        .structs(1, chunks)
        .wide(2, group.chunks().stream().mapToLong(Chunk::sizeUnpacked).sum())
        .wide(3, group.rows());
  }

  private static CompactStruct chunk(Column column, int rows, Chunk chunk) {
    return new CompactStruct()
        .wide(2, chunk.offset())
        .struct(
            3,
            new CompactStruct()
                .number(1, column.kind().type)
                .numbers(2, List.of(PLAIN, LEVELS_AS_RUNS))
                .texts(3, List.of(column.name()))
                .number(4, GZIP)
                .wide(5, rows)
                .wide(6, chunk.sizeUnpacked())
                .wide(7, chunk.size())
                .wide(9, chunk.offset()));
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    position += bytes.length;
  }
}
