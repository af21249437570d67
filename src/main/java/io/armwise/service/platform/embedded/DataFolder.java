package io.armwise.service.platform.embedded;

import io.armwise.service.platform.disk.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which one service keeps everything: the embedded servers' data, their logs, the
 * ports and passwords that were chosen for them.
 *
 * <p>Held exclusively while open, by a lock that the operating system drops with the process, so
 * that no {@code kill -9} leaves it behind. Ports and passwords are remembered in a file that only
 * the owner can read; a restart finds the servers where they were.
 *
 * <p>Safe for use by several threads.
 */
public final class DataFolder implements AutoCloseable {
  private static final int SECRET_BYTES = 24;

  /**
   * The folders this process holds. POSIX drops a process's lock on a file when the process closes
   * any descriptor of that file, so a second attempt must be refused before it opens the file.
   */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lockChannel;
  private final Path settingsFile;
  private final Properties settings;
  private final Set<Integer> portsInUse = new HashSet<>();

  private DataFolder(Path path, FileChannel lockChannel) throws IOException {
    this.path = path;
    this.lockChannel = lockChannel;
    this.settingsFile = path.resolve("settings.properties");
    this.settings = new Properties();
    if (Files.exists(settingsFile)) {
      try (InputStream in = Files.newInputStream(settingsFile)) {
        settings.load(in);
      }
    }
  }

  /**
   * The folder to use: the option {@code --data} where given, else the variable {@code
   * ARMWISE_DATA}, else {@code ./data}.
   */
  public static Path chosen(@Nullable Path option, Map<String, String> environment) {
    if (option != null) {
      return option;
    }
    String variable = environment.get("ARMWISE_DATA");
    return Path.of(variable == null || variable.isBlank() ? "data" : variable);
  }

  /**
   * Creates the folder where it is missing (readable by its owner alone) and locks it.
   *
   * @throws EmbeddedServerException if another service holds it, or it cannot be written
   */
  public static DataFolder open(Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path, OwnerOnly.FOLDER);
      }
      path = path.toRealPath();
      if (!OPEN.add(path)) {
        throw inUse(path, String.valueOf(ProcessHandle.current().pid()));
      }
      boolean opened = false;
      try {
        DataFolder data = lock(path);
        opened = true;
        return data;
      } finally {
        if (!opened) {
          OPEN.remove(path);
        }
      }
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "The data folder "
              + path
              + " cannot be used ("
              + e
              + "). Choose a folder that you can write to with --data or ARMWISE_DATA.",
          e);
    }
  }

  private static DataFolder lock(Path path) throws IOException {
    // The process id lives beside the lock, not in it, so that it can be read without touching it.
    Path holder = path.resolve("service.pid");
    FileChannel channel =
        FileChannel.open(
            path.resolve("service.lock"),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            OwnerOnly.FILE);
    boolean locked = false;
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(path, Files.exists(holder) ? Files.readString(holder).strip() : "unknown");
      }
      Files.writeString(holder, ProcessHandle.current().pid() + "\n");
      DataFolder folder = new DataFolder(path, channel);
      locked = true;
      return folder;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private static EmbeddedServerException inUse(Path path, String pid) {
    return new EmbeddedServerException(
        "The data folder "
            + path
            + " is in use by another service (process "
            + pid
            + "). Stop it, or choose another folder with --data or ARMWISE_DATA.");
  }

  /** The folder itself, absolute. */
  public Path path() {
    return path;
  }

  /** A folder inside, created where missing and readable by its owner alone. */
  Path folder(String name) throws IOException {
    Path folder = path.resolve(name);
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(folder, OwnerOnly.FOLDER);
    }
    return folder;
  }

  /** A new file that only its owner can read, with this content. */
  static Path writePrivately(Path file, String content) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, OwnerOnly.FILE);
    return Files.writeString(file, content);
  }

  /**
   * The remembered port of this name, or a new free one where none is remembered or another process
   * has taken it meanwhile.
   */
  synchronized int port(String name) throws IOException {
    String key = name + ".port";
    String remembered = settings.getProperty(key);
    if (remembered != null) {
      int port = Integer.parseInt(remembered);
      if (!portsInUse.contains(port) && isFree(port)) {
        portsInUse.add(port);
        return port;
      }
    }
    int port = freePort();
    while (!portsInUse.add(port)) {
      port = freePort();
    }
    remember(key, String.valueOf(port));
    return port;
  }

  /** The remembered password of this name, or a new random one of 192 bits. */
  synchronized String secret(String name) throws IOException {
    String key = name + ".password";
    String remembered = settings.getProperty(key);
    if (remembered != null) {
      return remembered;
    }
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    remember(key, secret);
    return secret;
  }

  /** Replaces the file in one step and forces it to disk: a crash leaves the old or the new one. */
  private void remember(String key, String value) throws IOException {
    settings.setProperty(key, value);
    Path next = writePrivately(path.resolve("settings.properties.next"), "");
    try (OutputStream out = Files.newOutputStream(next)) {
      settings.store(out, "Chosen at the first start. Keep it private: it holds passwords.");
    }
    try (FileChannel file = FileChannel.open(next, StandardOpenOption.WRITE)) {
      file.force(true);
    }
    Files.move(next, settingsFile, StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // as the servers do: a connection that lingers is no obstacle
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Gives the folder free for another service. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(path.resolve("service.pid"));
      lockChannel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      OPEN.remove(path);
    }
  }
}
