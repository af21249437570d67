package io.armwise.service.archive;

import java.nio.file.Path;
import java.util.Locale;

/**
 * A part of a partition of the log, archived as one file.
 *
 * @param partition of the topic
 * @param first offset that it covers
 * @param next the offset behind it, at which the next segment of the partition begins
 * @param records that it holds: fewer than {@code next - first} where the log has gaps
 * @param fromMs when the log received its first record, in milliseconds since 1970
 * @param untilMs when the log received its last record
 * @param bytes of the file
 * @param sha256 of its records, see {@link RecordDigest}
 */
public record Segment(
    int partition,
    long first,
    long next,
    long records,
    long fromMs,
    long untilMs,
    long bytes,
    String sha256) {

  /** Where the file lies within the archive. */
  Path file() {
    return folder().resolve(String.format(Locale.ROOT, "%020d.parquet", first));
  }

  /** Where all files of the partition lie. */
  Path folder() {
    return Path.of(String.format(Locale.ROOT, "partition-%05d", partition));
  }
}
