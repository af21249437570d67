package io.armwise.service.archive;

import io.armwise.simulations.parquet.ParquetWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Writes a segment's records to a file that does not count yet. One owner; not thread-safe. */
final class SegmentWriter implements AutoCloseable {
  private final Path draft;
  private final int partition;
  private final long first;
  private final ParquetWriter rows;
  private final RecordDigest digest = new RecordDigest();
  private long records;
  private long bytes;
  private boolean ended;
  private long fromMs;
  private long untilMs;

  SegmentWriter(Path draft, int partition, long first) throws IOException {
    this.draft = draft;
    this.partition = partition;
    this.first = first;
    this.rows =
        new ParquetWriter(
            new BufferedOutputStream(Files.newOutputStream(draft), 1 << 20), RecordRows.COLUMNS);
  }

  void add(ConsumerRecord<byte[], byte[]> record) throws IOException {
    rows.row(RecordRows.row(record));
    digest.add(record);
    records++;
    bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    untilMs = record.timestamp();
    fromMs = records == 1 ? untilMs : fromMs;
  }

  long records() {
    return records;
  }

  /** Of keys and values, before they are compressed. */
  long bytes() {
    return bytes;
  }

  /**
   * Ends the file and waits until the disk has it.
   *
   * @param next offset behind the segment
   */
  Segment end(long next) throws IOException {
    close();
    ArchiveFolder.force(draft);
    return new Segment(
        partition, first, next, records, fromMs, untilMs, Files.size(draft), digest.take());
  }

  @Override
  public void close() throws IOException {
    if (!ended) {
      ended = true;
      rows.close();
    }
  }
}
