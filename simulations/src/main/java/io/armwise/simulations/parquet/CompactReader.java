package io.armwise.simulations.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a structure in Thrift's compact protocol: its fields by number, each a {@code Long}, {@code
 * byte[]}, {@code List} or {@code Map} of these. One owner; not thread-safe.
 *
 * <p>Source: Apache Thrift, "Thrift compact protocol encoding".
 */
final class CompactReader {
  private static final int STOP = 0;
  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int LONG_LIST = 15;
  private static final int MOST_ENTRIES = 10_000_000;

  private final ByteBuffer in;

  CompactReader(ByteBuffer in) {
    this.in = in;
  }

  /** The structure that begins here; the buffer stands behind it then. */
  Map<Integer, Object> struct() throws IOException {
    Map<Integer, Object> fields = new HashMap<>();
    int field = 0;
    while (true) {
      int head = in.get() & 0xff;
      int type = head & 15;
      if (type == STOP) {
        return fields;
      }
      field = head >> 4 == 0 ? Math.toIntExact(zigzag()) : field + (head >> 4);
      fields.put(field, value(type));
    }
  }

  private Object value(int type) throws IOException {
    return switch (type) {
      case TRUE -> 1L;
      case FALSE -> 0L;
      case 3 -> (long) in.get();
      case 4, 5, 6 -> zigzag();
      case 8 -> {
        byte[] bytes = new byte[size(variable())];
        in.get(bytes);
        yield bytes;
      }
      case 9, 10 -> list();
      case 12 -> struct();
      default -> throw new IOException("type " + type + " is unknown");
    };
  }

  private List<Object> list() throws IOException {
    int head = in.get() & 0xff;
    int size = head >> 4 == LONG_LIST ? size(variable()) : head >> 4;
    List<Object> values = new ArrayList<>(Math.min(size, 1_000));
    for (int i = 0; i < size; i++) {
      values.add(value(head & 15));
    }
    return values;
  }

  /** A size, before memory is taken for it: the bytes may be anything. */
  private int size(long size) throws IOException {
    if (!(size >= 0 && size <= Math.max(in.remaining(), MOST_ENTRIES))) {
      throw new IOException("size " + size + " is beyond the file");
    }
    return (int) size;
  }

  private long zigzag() {
    long value = variable();
    return (value >>> 1) ^ -(value & 1);
  }

  private long variable() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    return value;
  }
}
