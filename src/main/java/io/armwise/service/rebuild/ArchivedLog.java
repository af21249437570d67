package io.armwise.service.rebuild;

import io.armwise.service.archive.ArchiveFolder;
import io.armwise.service.archive.Segment;
import io.armwise.service.archive.SegmentReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The log as an archive holds it, and beyond the archive's end as the brokers do. One thread. */
final class ArchivedLog implements ReplayedLog {
  private final Map<Integer, Long> archived = new HashMap<>();
  private final Map<Integer, Cursor> cursors = new TreeMap<>();
  private final @Nullable ReplayedLog rest;

  /** Opens the rest of the log. */
  interface Rest {
    /** The log from these offsets on. */
    ReplayedLog from(Map<Integer, Long> starts);
  }

  /**
   * A replay at its beginning.
   *
   * @param starts per partition the first offset that is wanted, 0 for those that are missing
   * @param ends per partition the last stop
   * @param rest asked for where the archive does not reach the last stop
   * @throws RebuildException if the beginning of the log is not in the archive
   */
  ArchivedLog(
      ArchiveFolder archive, Map<Integer, Long> starts, Map<Integer, Long> ends, Rest rest) {
    Map<Integer, List<Segment>> segments = archive.perPartition();
    boolean whole = true;
    for (Map.Entry<Integer, Long> end : ends.entrySet()) {
      List<Segment> partition = segments.getOrDefault(end.getKey(), List.of());
      long start = starts.getOrDefault(end.getKey(), 0L);
      if (!partition.isEmpty() && partition.getFirst().first() > start) {
        throw new RebuildException(
            "The archive of partition "
                + end.getKey()
                + " begins at offset "
                + partition.getFirst().first()
                + ": what came before was deleted before it was archived.");
      }
      long reaches = partition.isEmpty() ? start : Math.max(start, partition.getLast().next());
      archived.put(end.getKey(), Math.min(reaches, end.getValue()));
      cursors.put(end.getKey(), new Cursor(archive, partition, start));
      whole &= reaches >= end.getValue();
    }
    this.rest = whole ? null : rest.from(archived);
  }

  @Override
  public void readTo(Map<Integer, Long> stop, Sink sink) {
    cursors.forEach(
        (partition, cursor) ->
            cursor.readTo(
                Math.min(stop.getOrDefault(partition, 0L), archived.getOrDefault(partition, 0L)),
                sink));
    if (rest != null) {
      rest.readTo(stop, sink);
    }
  }

  @Override
  public void close() {
    cursors.values().forEach(Cursor::close);
    if (rest != null) {
      rest.close();
    }
  }

  /** A place in a partition's segments. */
  private static final class Cursor implements AutoCloseable {
    private final ArchiveFolder archive;
    private final long start;
    private final Deque<Segment> segments;
    private final Deque<ConsumerRecord<byte[], byte[]>> ahead = new ArrayDeque<>();
    private @Nullable SegmentReader reading;

    Cursor(ArchiveFolder archive, List<Segment> segments, long start) {
      this.archive = archive;
      this.start = start;
      this.segments = new ArrayDeque<>(segments);
      this.segments.removeIf(segment -> segment.next() <= start);
    }

    void readTo(long stop, Sink sink) {
      while (fill(stop)) {
        List<ConsumerRecord<byte[], byte[]>> within = new ArrayList<>();
        while (!ahead.isEmpty() && ahead.getFirst().offset() < stop) {
          within.add(ahead.removeFirst());
        }
        sink.accept(within);
      }
    }

    /** Whether the next record lies before the stop; reads it where that is not known. */
    private boolean fill(long stop) {
      while (ahead.isEmpty()) {
        if (reading == null) {
          if (segments.isEmpty() || segments.getFirst().first() >= stop) {
            return false;
          }
          reading = archive.open(segments.removeFirst());
        }
        List<ConsumerRecord<byte[], byte[]>> read = reading.next();
        read.stream().filter(record -> record.offset() >= start).forEach(ahead::add);
        if (read.isEmpty()) {
          close();
        }
      }
      return ahead.getFirst().offset() < stop;
    }

    @Override
    public void close() {
      SegmentReader open = reading;
      reading = null;
      if (open != null) {
        open.close();
      }
    }
  }
}
