package io.armwise.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A snapshot on the caller's disk, as the service wrote it. Replaced as a whole. */
record BootstrapFile(Path path) {
  String read() throws IOException {
    return Files.readString(path);
  }

  void replace(String json) throws IOException {
    Path draft = path.resolveSibling(path.getFileName() + ".new");
    Files.writeString(draft, json);
    Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
