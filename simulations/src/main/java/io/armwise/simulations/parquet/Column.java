package io.armwise.simulations.parquet;

/**
 * A column; none has gaps.
 *
 * @param name unique in its table
 * @param kind of its values
 */
public record Column(String name, Kind kind) {

  /** What a value is, with its number in the format's enumeration of types. */
  public enum Kind {
    /** A {@link Boolean}. */
    FLAG(0),
    /** A {@link Long}. */
    WHOLE(2),
    /** A {@link Double}. */
    REAL(5),
    /** A {@link String}. */
    TEXT(6),
    /** An array of bytes, {@code byte[]}. */
    BYTES(6);

    final int type;

    Kind(int type) {
      this.type = type;
    }
  }
}
