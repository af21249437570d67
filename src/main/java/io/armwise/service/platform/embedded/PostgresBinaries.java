package io.armwise.service.platform.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks the PostgreSQL programs from the class path, once per version of the archive. They appear
 * under their final name only when complete, so that an interrupted start leaves nothing half done.
 */
final class PostgresBinaries {
  static final String PREFIX = "bin-";

  private PostgresBinaries() {}

  /** The folder with {@code bin/postgres} and {@code bin/initdb}; unpacks it where missing. */
  static Path unpackInto(Path parent) throws IOException {
    URL archive = archive();
    Path target = parent.resolve(PREFIX + version(archive));
    if (!Files.isDirectory(target)) {
      deleteOthers(parent);
      Path unfinished = parent.resolve("unpacking");
      deleteTree(unfinished);
      unpack(archive, unfinished);
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    }
    return target;
  }

  private static URL archive() {
    String architecture =
        switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          case String other -> other;
        };
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String name = "/postgres-" + system + "-" + architecture + ".txz";
    @Nullable URL archive = PostgresBinaries.class.getResource(name);
    if (archive == null) {
      throw new EmbeddedServerException(
          "There is no embedded PostgreSQL for this system ("
              + system
              + ", "
              + architecture
              + "). Set ARMWISE_JDBC_URL to a PostgreSQL 18 of your own.");
    }
    return archive;
  }

  /** The checksum that the jar keeps of the archive: costs nothing and never forgets to change. */
  private static String version(URL archive) throws IOException {
    URLConnection connection = archive.openConnection();
    long version =
        connection instanceof JarURLConnection jar
            ? jar.getJarEntry().getCrc()
            : connection.getLastModified();
    return Long.toHexString(version);
  }

  private static void unpack(URL archive, Path folder) throws IOException {
    try (InputStream in = archive.openStream();
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in, 1 << 16)))) {
      for (@Nullable TarArchiveEntry entry = tar.getNextEntry();
          entry != null;
          entry = tar.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("archive entry outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(target.getParent());
          Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(tar, target);
          if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
          }
        }
      }
    }
  }

  private static void deleteOthers(Path parent) throws IOException {
    try (Stream<Path> folders = Files.list(parent)) {
      for (Path folder : folders.toList()) {
        if (folder.getFileName().toString().startsWith(PREFIX)) {
          deleteTree(folder);
        }
      }
    }
  }

  /** Deletes the folder with all it holds; nothing when it is missing. */
  static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
