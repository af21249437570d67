package io.armwise.service.flag;

import java.time.Instant;

/**
 * A {@link Flag} as plain data, for a node's file.
 *
 * @param createdAt ISO 8601
 * @param updatedAt ISO 8601
 */
public record SavedFlag(
    String key,
    int version,
    long sequence,
    FlagDocument document,
    String createdAt,
    String updatedAt) {

  /** The data of a flag. */
  public static SavedFlag of(Flag flag) {
    return new SavedFlag(
        flag.key(),
        flag.version(),
        flag.sequence(),
        flag.document(),
        flag.createdAt().toString(),
        flag.updatedAt().toString());
  }

  /**
   * The flag.
   *
   * @throws IllegalStateException if it breaks a rule, which what this service has saved never does
   */
  public Flag restored() {
    return switch (FlagReader.read(document)) {
      case FlagReader.Reading.Valid valid ->
          new Flag(
              key,
              version,
              sequence,
              document,
              valid.serving(),
              Instant.parse(createdAt),
              Instant.parse(updatedAt));
      case FlagReader.Reading.Invalid invalid ->
          throw new IllegalStateException(
              "stored flag " + key + " is invalid: " + invalid.violations());
    };
  }
}
