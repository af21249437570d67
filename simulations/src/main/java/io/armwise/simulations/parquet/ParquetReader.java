package io.armwise.simulations.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * Reads the files that {@link ParquetWriter} writes, group of rows by group of rows, and says so
 * where a file is another or damaged. Holds one group in memory. One owner; not thread-safe.
 */
public final class ParquetReader implements AutoCloseable {
  private static final int MAGIC = 0x31524150; // "PAR1", little-endian
  private static final int TAIL = 8;
  private static final int GZIP = 2;

  private final FileChannel file;
  private final List<Column> columns;
  private final List<Map<?, ?>> groups;
  private final long rows;
  private int group;

  /**
   * Opens a file.
   *
   * @param path of the file
   * @param columns that it must have, in their order
   * @throws IOException if it cannot be read, is no Parquet file or has other columns
   */
  public ParquetReader(Path path, List<Column> columns) throws IOException {
    this.columns = List.copyOf(columns);
    FileChannel opened = FileChannel.open(path);
    boolean fine = false;
    try {
      Map<Integer, Object> footer = footer(opened);
      requireColumns(footer);
      this.rows = number(footer, 3);
      this.groups = structs(footer, 4);
      long inGroups = 0;
      for (Map<?, ?> each : groups) {
        inGroups += number(each, 3);
      }
      if (inGroups != rows) {
        throw new IOException("groups have " + inGroups + " rows, the file " + rows);
      }
      fine = true;
    } catch (BufferUnderflowException | ClassCastException | ArithmeticException e) {
      throw new IOException(path + " is damaged", e);
    } finally {
      if (!fine) {
        opened.close();
      }
    }
    this.file = opened;
  }

  private static Map<Integer, Object> footer(FileChannel file) throws IOException {
    long size = file.size();
    if (size < 4 + TAIL) {
      throw new IOException("too short for a Parquet file: " + size + " bytes");
    }
    ByteBuffer tail = bytes(file, size - TAIL, TAIL);
    int length = tail.getInt();
    if (tail.getInt() != MAGIC || !(length > 0 && length <= size - TAIL)) {
      throw new IOException("no Parquet file, or cut off");
    }
    return new CompactReader(bytes(file, size - TAIL - length, length)).struct();
  }

  private void requireColumns(Map<Integer, Object> footer) throws IOException {
    List<Map<?, ?>> schema = structs(footer, 2);
    List<String> found = new ArrayList<>();
    for (Map<?, ?> element : schema.subList(Math.min(1, schema.size()), schema.size())) {
      found.add(text(element, 4) + " " + number(element, 1));
    }
    List<String> wanted =
        columns.stream().map(column -> column.name() + " " + column.kind().type).toList();
    if (!found.equals(wanted)) {
      throw new IOException("columns must be " + wanted + ", got " + found);
    }
  }

  /** How many rows the file says it has. */
  public long rows() {
    return rows;
  }

  /**
   * The next rows.
   *
   * @return per row a value per column, of its kind; empty behind the last
   * @throws IOException if the file is damaged
   */
  public List<Object[]> next() throws IOException {
    if (group == groups.size()) {
      return List.of();
    }
    try {
      Map<?, ?> current = groups.get(group++);
      int size = Math.toIntExact(number(current, 3));
      List<Map<?, ?>> chunks = structs(current, 1);
      List<Object[]> read = new ArrayList<>(size);
      for (int row = 0; row < size; row++) {
        read.add(new Object[columns.size()]);
      }
      for (int column = 0; column < columns.size(); column++) {
        ByteBuffer values = page(struct(chunks.get(column), 3), size);
        Column.Kind kind = columns.get(column).kind();
        for (int row = 0; row < size; row++) {
          read.get(row)[column] = value(kind, values, row);
        }
        requireEnd(kind, values, size);
      }
      return read;
    } catch (BufferUnderflowException
        | ClassCastException
        | ArithmeticException
        | IndexOutOfBoundsException
        | NegativeArraySizeException e) {
      throw new IOException("group " + group + " of rows is damaged", e);
    }
  }

  /** The values of the only page of a column in a group. */
  private ByteBuffer page(Map<?, ?> chunk, int wantedRows) throws IOException {
    ByteBuffer raw =
        bytes(file, number(chunk, 9), Math.toIntExact(number(chunk, 7)))
            .order(ByteOrder.BIG_ENDIAN);
    Map<Integer, Object> header = new CompactReader(raw).struct();
    boolean known =
        number(chunk, 4) == GZIP
            && number(header, 3) == raw.remaining()
            && number(struct(header, 5), 1) == wantedRows;
    if (!known) {
      throw new IOException("a page that no writer of ours has written");
    }
    byte[] packed = new byte[raw.remaining()];
    raw.get(packed);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] plain = in.readAllBytes();
      if (plain.length != number(header, 2)) {
        throw new IOException("a page of another size than it says");
      }
      return ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private static Object value(Column.Kind kind, ByteBuffer values, int row) {
    return switch (kind) {
      case FLAG -> (values.get(row / Byte.SIZE) >> row % Byte.SIZE & 1) == 1;
      case WHOLE -> values.getLong();
      case REAL -> values.getDouble();
      case TEXT -> new String(array(values), StandardCharsets.UTF_8);
      case BYTES -> array(values);
    };
  }

  private static byte[] array(ByteBuffer values) {
    byte[] bytes = new byte[Objects.checkIndex(values.getInt(), values.remaining() + 1)];
    values.get(bytes);
    return bytes;
  }

  private static void requireEnd(Column.Kind kind, ByteBuffer values, int size) throws IOException {
    int left =
        kind == Column.Kind.FLAG
            ? values.remaining() - (size + Byte.SIZE - 1) / Byte.SIZE
            : values.remaining();
    if (left != 0) {
      throw new IOException("a page with " + left + " bytes too many");
    }
  }

  private static ByteBuffer bytes(FileChannel file, long from, int length) throws IOException {
    if (!(from >= 0 && length >= 0 && length <= file.size() - from)) {
      throw new IOException("cut off");
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, from + bytes.position()) < 0) {
        throw new IOException("cut off");
      }
    }
    return bytes.flip();
  }

  private static long number(Map<?, ?> struct, int field) throws IOException {
    if (struct.get(field) instanceof Long value) {
      return value;
    }
    throw new IOException("number " + field + " is missing");
  }

  private static String text(Map<?, ?> struct, int field) throws IOException {
    if (struct.get(field) instanceof byte[] value) {
      return new String(value, StandardCharsets.UTF_8);
    }
    throw new IOException("text " + field + " is missing");
  }

  private static Map<?, ?> struct(Map<?, ?> struct, int field) throws IOException {
    if (struct.get(field) instanceof Map<?, ?> value) {
      return value;
    }
    throw new IOException("structure " + field + " is missing");
  }

  private static List<Map<?, ?>> structs(Map<?, ?> struct, int field) throws IOException {
    List<Map<?, ?>> found = new ArrayList<>();
    if (struct.get(field) instanceof List<?> values) {
      for (Object value : values) {
        if (!(value instanceof Map<?, ?> inner)) {
          throw new IOException("list " + field + " is damaged");
        }
        found.add(inner);
      }
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
