package io.armwise.simulations.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A column's values in plain encoding: little-endian, texts after their length, flags as bits. */
final class PlainValues {
  private final Column.Kind kind;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int flags;
  private int flagCount;

  PlainValues(Column.Kind kind) {
    this.kind = kind;
  }

  void add(Object value) {
    switch (kind) {
      case FLAG -> addFlag((Boolean) value);
      case WHOLE -> addLong((Long) value);
      case REAL -> addLong(Double.doubleToRawLongBits((Double) value));
      case TEXT -> addBytes(((String) value).getBytes(StandardCharsets.UTF_8));
      case BYTES -> addBytes((byte[]) value);
    }
  }

  private void addBytes(byte[] value) {
    bytes.writeBytes(
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(value.length)
            .array());
    bytes.writeBytes(value);
  }

  private void addLong(long value) {
    bytes.writeBytes(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  private void addFlag(boolean value) {
    flags |= (value ? 1 : 0) << flagCount;
    flagCount++;
    if (flagCount == Byte.SIZE) {
      endFlags();
    }
  }

  private void endFlags() {
    bytes.write(flags);
    flags = 0;
    flagCount = 0;
  }

  /** How many bytes they take. */
  int size() {
    return bytes.size();
  }

  /** All of them; none are left. */
  byte[] take() {
    if (flagCount > 0) {
      endFlags();
    }
    byte[] all = bytes.toByteArray();
    bytes.reset();
    return all;
  }
}
