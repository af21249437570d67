package io.armwise.simulations.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * A structure in Thrift's compact protocol, field by field in ascending order.
 *
 * <p>Source: Apache Thrift, "Thrift compact protocol encoding".
 */
final class CompactStruct {
  private static final int INT_32 = 5;
  private static final int INT_64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;
  private static final int LONG_LIST = 15;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int last;

  CompactStruct number(int field, int value) {
    begin(field, INT_32);
    zigzag(value);
    return this;
  }

  CompactStruct wide(int field, long value) {
    begin(field, INT_64);
    zigzag(value);
    return this;
  }

  CompactStruct text(int field, String text) {
    begin(field, BINARY);
    text(text);
    return this;
  }

  CompactStruct struct(int field, CompactStruct value) {
    begin(field, STRUCT);
    out.writeBytes(value.bytes());
    return this;
  }

  CompactStruct structs(int field, List<CompactStruct> values) {
    return list(field, STRUCT, values, value -> out.writeBytes(value.bytes()));
  }

  CompactStruct numbers(int field, List<Integer> values) {
    return list(field, INT_32, values, value -> zigzag(value));
  }

  CompactStruct texts(int field, List<String> values) {
    return list(field, BINARY, values, this::text);
  }

  /** The structure with its end. */
  byte[] bytes() {
    byte[] fields = out.toByteArray();
    byte[] ended = new byte[fields.length + 1];
    System.arraycopy(fields, 0, ended, 0, fields.length);
    return ended;
  }

  private <T> CompactStruct list(int field, int type, List<T> values, Consumer<T> writer) {
    begin(field, LIST);
    if (values.size() < LONG_LIST) {
      out.write((values.size() << 4) | type);
    } else {
      out.write((LONG_LIST << 4) | type);
      variable(values.size());
    }
    values.forEach(writer);
    return this;
  }

  /** Fields are numbered by their distance from the one before, here always below 16. */
  private void begin(int field, int type) {
    out.write(((field - last) << 4) | type);
    last = field;
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    variable(bytes.length);
    out.writeBytes(bytes);
  }

  private void zigzag(long value) {
    variable((value << 1) ^ (value >> 63));
  }

  /** Seven bits a byte, the lowest first. */
  private void variable(long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      out.write((int) ((left & 0x7f) | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }
}
