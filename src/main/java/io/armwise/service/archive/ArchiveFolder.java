package io.armwise.service.archive;

import io.armwise.service.platform.json.StrictJson;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A topic's archive: a folder with a manifest and a file per segment. The manifest names what has
 * been written and read back; a file that it does not name does not count and is overwritten. What
 * it names is never changed and never deleted. One writer at a time; not thread-safe.
 */
public final class ArchiveFolder {
  private static final int FORMAT = 1;
  private static final String MANIFEST = "manifest.json";

  private final Path folder;
  private final String topic;
  private final List<Segment> segments = new ArrayList<>();

  private record Manifest(int format, String topic, List<Segment> segments) {}

  /**
   * Opens the archive of a topic; it is empty where there is none.
   *
   * @param root of all archives
   * @throws ArchiveException if its manifest is damaged, or segments are missing between others
   */
  public ArchiveFolder(Path root, String topic) {
    this.topic = topic;
    this.folder = root.resolve(topic);
    Path manifest = folder.resolve(MANIFEST);
    if (Files.exists(manifest)) {
      try {
        Manifest found = StrictJson.stored(Files.readString(manifest), Manifest.class);
        if (found.format() != FORMAT || !found.topic().equals(topic)) {
          throw new ArchiveException(
              manifest + " is of format " + found.format() + " and topic " + found.topic());
        }
        segments.addAll(found.segments());
      } catch (IOException e) {
        throw new ArchiveException(manifest + " cannot be read", e);
      }
    }
    perPartition().values().forEach(ArchiveFolder::requireUnbroken);
  }

  private static void requireUnbroken(List<Segment> partition) {
    for (int i = 1; i < partition.size(); i++) {
      if (partition.get(i).first() != partition.get(i - 1).next()) {
        throw new ArchiveException(
            "partition "
                + partition.get(i).partition()
                + " has no segment from offset "
                + partition.get(i - 1).next()
                + " to "
                + partition.get(i).first());
      }
    }
  }

  /** The segments by partition, in the order of their offsets. */
  public Map<Integer, List<Segment>> perPartition() {
    Map<Integer, List<Segment>> all = new TreeMap<>();
    segments.stream()
        .sorted(Comparator.comparingLong(Segment::first))
        .forEach(
            segment ->
                all.computeIfAbsent(segment.partition(), _ -> new ArrayList<>()).add(segment));
    return all;
  }

  /** Per partition the offset behind its last segment. */
  public Map<Integer, Long> ends() {
    Map<Integer, Long> ends = new TreeMap<>();
    segments.forEach(segment -> ends.merge(segment.partition(), segment.next(), Math::max));
    return ends;
  }

  /** All segments. */
  public List<Segment> segments() {
    return List.copyOf(segments);
  }

  Path path(Segment segment) {
    return folder.resolve(segment.file());
  }

  /** The file in which the segment of a partition that comes next is written before it counts. */
  Path draft(int partition) throws IOException {
    Files.createDirectories(folder);
    return folder.resolve("partition-" + partition + ".part");
  }

  /** Opens a segment that does not count yet. */
  SegmentReader openDraft(Segment segment) throws IOException {
    return new SegmentReader(draft(segment.partition()), topic, segment);
  }

  /** Makes a written and verified segment count. */
  void add(Segment segment) throws IOException {
    Path partition = folder.resolve(segment.folder());
    Files.createDirectories(partition);
    Files.move(
        draft(segment.partition()),
        path(segment),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    force(partition);
    List<Segment> more = new ArrayList<>(segments);
    more.add(segment);
    Path draft = folder.resolve(MANIFEST + ".part");
    Files.writeString(draft, StrictJson.write(new Manifest(FORMAT, topic, more)));
    force(draft);
    Files.move(
        draft,
        folder.resolve(MANIFEST),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    force(folder);
    segments.add(segment);
  }

  /** Waits until the disk has it. */
  static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Opens a segment for reading. */
  public SegmentReader open(Segment segment) {
    return new SegmentReader(path(segment), topic, segment);
  }
}
