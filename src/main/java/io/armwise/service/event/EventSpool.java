package io.armwise.service.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.armwise.bandits.assignment.UnitHash;
import io.armwise.service.platform.disk.OwnerOnly;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events on the node's disk, in the order in which they came, in files of a few megabytes that are
 * read and removed as a whole, oldest first. A line of a file is {@code <unit's hash> <event>}.
 * What {@link #add} has returned for survives a crash of the machine; a line that a crash has cut
 * off is passed over. Not thread-safe.
 */
final class EventSpool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventSpool.class);
  private static final String SUFFIX = ".events";
  private static final int UNIT_DIGITS = 32;

  private final Path folder;
  private final long fileBytes;
  private final long maxBytes;

  /** Bytes by number of the file. */
  private final TreeMap<Long, Long> files = new TreeMap<>();

  /** The newest file, if it takes more. */
  private @Nullable FileChannel newest;

  /** An event, and the unit whose partition it belongs to. */
  record Kept(UnitHash unit, byte[] event) {}

  private EventSpool(Path folder, long fileBytes, long maxBytes) {
    this.folder = folder;
    this.fileBytes = fileBytes;
    this.maxBytes = maxBytes;
  }

  /**
   * Opens a spool with what an earlier process has left in it.
   *
   * @param folder its own; made if it does not exist
   * @param fileBytes when a file is full
   * @param maxBytes the most that all files may have
   */
  static EventSpool open(Path folder, long fileBytes, long maxBytes) throws IOException {
    EventSpool spool = new EventSpool(folder, fileBytes, maxBytes);
    Files.createDirectories(folder);
    try (Stream<Path> found = Files.list(folder)) {
      for (Path file : found.filter(file -> file.toString().endsWith(SUFFIX)).toList()) {
        String name = file.getFileName().toString();
        long number = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
        spool.files.put(number, Files.size(file));
      }
    }
    return spool;
  }

  boolean isEmpty() {
    return files.isEmpty();
  }

  /** The size of all files. */
  long bytes() {
    return files.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Adds events and waits until the disk has them.
   *
   * @return whether they are added; false if they would take more than the spool may have
   * @throws IOException if they may not be on the disk
   */
  boolean add(List<Kept> events) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Kept kept : events) {
      lines.writeBytes(kept.unit().hex().getBytes(US_ASCII));
      lines.write(' ');
      lines.writeBytes(kept.event());
      lines.write('\n');
    }
    if (bytes() + lines.size() > maxBytes) {
      return false;
    }
    try {
      write(newest == null ? begin() : newest, ByteBuffer.wrap(lines.toByteArray()));
    } catch (IOException e) {
      close(); // so that nothing follows on half a line
      throw e;
    }
    files.merge(files.lastKey(), (long) lines.size(), Long::sum);
    if (files.lastEntry().getValue() >= fileBytes) {
      close();
    }
    return true;
  }

  private static void write(FileChannel file, ByteBuffer lines) throws IOException {
    while (lines.hasRemaining()) {
      int _ = file.write(lines);
    }
    file.force(false);
  }

  private FileChannel begin() throws IOException {
    long number = files.isEmpty() ? 1 : files.lastKey() + 1;
    FileChannel file =
        FileChannel.open(
            path(number),
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            OwnerOnly.FILE);
    newest = file;
    files.put(number, 0L);
    return file;
  }

  /** The events of the oldest file. */
  List<Kept> oldest() throws IOException {
    endOnlyFile();
    byte[] bytes = Files.readAllBytes(path(files.firstKey()));
    List<Kept> events = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        kept(bytes, start, i).ifPresent(events::add);
        start = i + 1;
      }
    }
    if (start < bytes.length) {
      LOG.warn("The last event of {} was not written to its end", path(files.firstKey()));
    }
    return events;
  }

  private Optional<Kept> kept(byte[] bytes, int from, int until) {
    int event = from + UNIT_DIGITS + 1;
    if (event >= until) {
      LOG.warn("{} has a line without an event", path(files.firstKey()));
      return Optional.empty();
    }
    byte[] json = new byte[until - event];
    System.arraycopy(bytes, event, json, 0, json.length);
    return UnitHash.ofHex(new String(bytes, from, UNIT_DIGITS, US_ASCII))
        .map(unit -> new Kept(unit, json));
  }

  /** Removes the oldest file. */
  void removeOldest() throws IOException {
    endOnlyFile();
    Files.deleteIfExists(path(files.firstKey()));
    files.remove(files.firstKey());
  }

  private void endOnlyFile() throws IOException {
    if (files.size() == 1) {
      close();
    }
  }

  private Path path(long number) {
    return folder.resolve(String.format(Locale.ROOT, "%019d%s", number, SUFFIX));
  }

  /** Ends the newest file; what comes next goes into another. */
  @Override
  public void close() throws IOException {
    FileChannel open = newest;
    newest = null;
    if (open != null) {
      open.close();
    }
  }
}
