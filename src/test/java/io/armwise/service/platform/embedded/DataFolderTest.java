package io.armwise.service.platform.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path temporary;

  @Test
  void takesTheOptionBeforeTheVariableBeforeTheDefault() {
    Map<String, String> environment = Map.of("ARMWISE_DATA", "/variable");
    assertThat(DataFolder.chosen(Path.of("/option"), environment)).isEqualTo(Path.of("/option"));
    assertThat(DataFolder.chosen(null, environment)).isEqualTo(Path.of("/variable"));
    assertThat(DataFolder.chosen(null, Map.of("ARMWISE_DATA", " "))).isEqualTo(Path.of("data"));
    assertThat(DataFolder.chosen(null, Map.of())).isEqualTo(Path.of("data"));
  }

  @Test
  void createsFoldersAndFilesForTheOwnerAlone() throws IOException {
    Path path = temporary.resolve("a/b");
    try (DataFolder folder = DataFolder.open(path)) {
      folder.secret("server");
      folder.folder("log/server");
    }
    assertThat(permissions(path)).isEqualTo("rwx------");
    assertThat(permissions(path.resolve("log"))).isEqualTo("rwx------");
    assertThat(permissions(path.resolve("log/server"))).isEqualTo("rwx------");
    assertThat(permissions(path.resolve("settings.properties"))).isEqualTo("rw-------");
  }

  @Test
  void remembersPortsAndPasswords() throws IOException {
    int port;
    String secret;
    try (DataFolder folder = DataFolder.open(temporary)) {
      port = folder.port("server");
      secret = folder.secret("server");
      assertThat(folder.port("other")).isNotEqualTo(port);
      assertThat(folder.secret("other")).isNotEqualTo(secret);
    }
    assertThat(secret).hasSize(32).matches("[A-Za-z0-9_-]+");
    try (DataFolder folder = DataFolder.open(temporary)) {
      assertThat(folder.port("server")).isEqualTo(port);
      assertThat(folder.secret("server")).isEqualTo(secret);
    }
  }

  @Test
  void choosesAnotherPortWhenTheRememberedOneIsTaken() throws IOException {
    int port;
    try (DataFolder folder = DataFolder.open(temporary)) {
      port = folder.port("server");
    }
    int other;
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        DataFolder folder = DataFolder.open(temporary)) {
      other = folder.port("server");
      assertThat(other).isNotEqualTo(taken.getLocalPort());
    }
    try (DataFolder folder = DataFolder.open(temporary)) {
      assertThat(folder.port("server")).isEqualTo(other);
    }
  }

  @Test
  void refusesTheSameFolderTwiceInOneProcess() throws IOException {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), temporary);
    try (DataFolder folder = DataFolder.open(temporary)) {
      assertThatThrownBy(() -> DataFolder.open(link))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining(folder.path().toString())
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
    DataFolder.open(temporary).close();
  }

  @Test
  void saysWhatToDoWhenTheFolderCannotBeCreated() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("--data");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
