package io.armwise.service.platform.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A file that is replaced as a whole, that only its owner can read, and that tells whether it is
 * whole. Its first line is
 *
 * <pre>{@code armwise <kind> <format> <epoch> <version> <bytes of the body> <SHA-256>}</pre>
 *
 * and the rest is the body. The checksum is that of the line before it and of the body. A crash
 * while it is written leaves the file as it was. Not thread-safe: one writer.
 */
public final class StateFile {
  private static final int FORMAT = 1;
  private static final int MAX_LINE = 512;

  /** What a node keeps. */
  public enum Kind {
    /** The started experiments and their allocations. */
    SNAPSHOT("snapshot"),
    /** The hashes of the callers' keys. */
    API_KEYS("api-keys"),
    /** The secrets that sign tokens. */
    SIGNING_KEYS("signing-keys");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /** What was found. */
  public sealed interface Reading {
    /**
     * A whole file.
     *
     * @param epoch of the database that it came from
     * @param version of the content
     * @param body the content
     */
    record Whole(UUID epoch, long version, byte[] body) implements Reading {}

    /** There is no file. */
    record Absent() implements Reading {}

    /**
     * A file that cannot be trusted.
     *
     * @param reason what is wrong with it
     */
    record Damaged(String reason) implements Reading {}
  }

  private final Path path;
  private final Kind kind;

  StateFile(Path folder, Kind kind) {
    this.path = folder.resolve(kind.text + ".state");
    this.kind = kind;
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * Replaces the file; when this returns, the new one survives a power failure.
   *
   * @param epoch of the database that the content came from
   * @param version of the content
   * @param body the content
   */
  public void write(UUID epoch, long version, byte[] body) throws IOException {
    String head =
        "armwise " + kind.text + " " + FORMAT + " " + epoch + " " + version + " " + body.length;
    String line = head + " " + checksum(head, body) + "\n";
    Path draft = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(draft, OwnerOnly.FILE);
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      writeAll(channel, line.getBytes(StandardCharsets.US_ASCII));
      writeAll(channel, body);
      channel.force(true);
    }
    Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent())) {
      folder.force(true); // the new name, too
    }
  }

  private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      int _ = channel.write(rest);
    }
  }

  /** Reads and checks the file. */
  public Reading read() {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      return new Reading.Absent();
    } catch (IOException e) {
      return new Reading.Damaged("it cannot be read: " + e.getMessage());
    }
    int end = 0;
    while (end < Math.min(bytes.length, MAX_LINE) && bytes[end] != '\n') {
      end++;
    }
    String line = new String(bytes, 0, end, StandardCharsets.US_ASCII);
    String[] fields = line.split(" ", -1);
    if (fields.length != 7 || end == bytes.length) {
      return new Reading.Damaged("its first line is not complete");
    }
    byte[] body = Arrays.copyOfRange(bytes, end + 1, bytes.length);
    if (!fields[6].equals(checksum(line.substring(0, line.lastIndexOf(' ')), body))) {
      return new Reading.Damaged("its checksum does not fit its content");
    }
    // From here on it is what some version of this program wrote.
    if (!fields[1].equals(kind.text) || !fields[2].equals(String.valueOf(FORMAT))) {
      return new Reading.Damaged(
          "it is of kind " + fields[1] + ", format " + fields[2] + "; wanted " + FORMAT);
    }
    return new Reading.Whole(UUID.fromString(fields[3]), Long.parseLong(fields[4]), body);
  }

  private static String checksum(String head, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(head.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
