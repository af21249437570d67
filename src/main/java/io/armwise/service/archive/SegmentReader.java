package io.armwise.service.archive;

import io.armwise.simulations.parquet.ParquetReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads a segment and holds it against what the manifest says of it: how many records, that their
 * offsets ascend within its range, and their digest. One owner; not thread-safe.
 */
public final class SegmentReader implements AutoCloseable {
  private final Path file;
  private final String topic;
  private final Segment segment;
  private final ParquetReader rows;
  private final RecordDigest digest = new RecordDigest();
  private long read;
  private long least;

  SegmentReader(Path file, String topic, Segment segment) {
    this.file = file;
    this.topic = topic;
    this.segment = segment;
    this.least = segment.first();
    try {
      this.rows = new ParquetReader(file, RecordRows.COLUMNS);
    } catch (IOException e) {
      throw new ArchiveException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The next records.
   *
   * @return empty behind the last, once all of them are known to be right
   * @throws ArchiveException if the file is not what was written
   */
  public List<ConsumerRecord<byte[], byte[]>> next() {
    try {
      List<Object[]> group = rows.next();
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(group.size());
      for (Object[] row : group) {
        ConsumerRecord<byte[], byte[]> record = RecordRows.record(topic, segment.partition(), row);
        if (!(record.offset() >= least && record.offset() < segment.next())) {
          throw damaged("offset " + record.offset() + " is out of its place");
        }
        least = record.offset() + 1;
        digest.add(record);
        records.add(record);
      }
      read += records.size();
      if (records.isEmpty()) {
        requireWhole();
      }
      return records;
    } catch (IOException e) {
      throw new ArchiveException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void requireWhole() {
    if (read != segment.records()) {
      throw damaged("it has " + read + " records instead of " + segment.records());
    }
    if (!digest.take().equals(segment.sha256())) {
      throw damaged("its records have another SHA-256 than they were written with");
    }
  }

  private ArchiveException damaged(String how) {
    return new ArchiveException(file + " is damaged: " + how);
  }

  @Override
  public void close() {
    try {
      rows.close();
    } catch (IOException e) {
      throw new ArchiveException(file + " cannot be closed", e);
    }
  }
}
