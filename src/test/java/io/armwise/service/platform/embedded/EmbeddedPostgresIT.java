package io.armwise.service.platform.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One data folder for all tests: unpacking takes longer than most of them. */
class EmbeddedPostgresIT {
  @TempDir static Path folder;

  private DataFolder data;
  private EmbeddedPostgres postgres;

  @BeforeEach
  void prepare() throws IOException {
    data = DataFolder.open(folder.resolve("data"));
    postgres = EmbeddedPostgres.prepare(data, Privileges.ofThisProcess(), step -> {});
  }

  @AfterEach
  void close() {
    data.close();
  }

  @Test
  void guardsTheDataWithChecksumsFsyncAndScram() throws Exception {
    try (ServerProcess server = postgres.start();
        Connection connection = connect()) {
      assertThat(server.alive()).isTrue();
      assertThat(ask(connection, "SHOW data_checksums")).containsExactly("on");
      assertThat(ask(connection, "SHOW fsync")).containsExactly("on");
      assertThat(ask(connection, "SHOW full_page_writes")).containsExactly("on");
      assertThat(ask(connection, "SHOW synchronous_commit")).containsExactly("on");
      assertThat(ask(connection, "SHOW password_encryption")).containsExactly("scram-sha-256");
      assertThat(ask(connection, "SHOW server_encoding")).containsExactly("UTF8");
      assertThat(ask(connection, "SHOW server_version"))
          .singleElement()
          .asString()
          .startsWith("18");
      assertThat(
              ask(
                  connection,
                  "SELECT rolsuper::text || rolcreaterole::text FROM pg_roles WHERE rolname ="
                      + " current_user"))
          .containsExactly("falsefalse");
    }
  }

  @Test
  void refusesAWrongPassword() throws Exception {
    try (ServerProcess server = postgres.start()) {
      assertThat(server.alive()).isTrue();
      assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), "armwise", "wrong"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), "postgres", "wrong"))
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void listensOnLoopbackOnly() throws Exception {
    try (ServerProcess server = postgres.start()) {
      assertThat(server.alive()).isTrue();
      assertThat(ListeningSockets.addressesOf(postgres.port())).containsExactly("127.0.0.1");
    }
  }

  @Test
  void letsOnlyTheOwnerReadTheFiles() throws Exception {
    postgres.start().close();
    assertThat(permissions("")).isEqualTo("rwx------");
    assertThat(permissions("settings.properties")).isEqualTo("rw-------");
    assertThat(permissions("postgresql/18")).isEqualTo("rwx------");
    assertThat(permissions("log/postgresql")).isEqualTo("rwx------");
    assertThat(folder.resolve("data/postgresql/superuser-password")).doesNotExist();
  }

  @Test
  void keepsWhatWasCommittedWhenThePostmasterIsKilled() throws Exception {
    List<Integer> committed = new ArrayList<>();
    try (Supervisor supervisor = Supervisor.start(postgres)) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE killed_postmaster (id int PRIMARY KEY)");
        Thread killer = new Thread(() -> killAfter(committed, 300));
        killer.start();
        insertUntilRefused(statement, "killed_postmaster", committed);
        killer.join();
      }
      try (Connection connection = connectWhenBack()) {
        assertThat(new HashSet<>(ask(connection, "SELECT id FROM killed_postmaster")))
            .containsAll(committed.stream().map(String::valueOf).toList());
      }
      assertThat(supervisor.pid()).isPositive();
    }
    assertThat(committed).hasSizeGreaterThanOrEqualTo(300);
  }

  @Test
  void startsDespiteAPidFileThatNamesAnUnrelatedProcess() throws Exception {
    postgres.start().close();
    Path pidFile = folder.resolve("data/postgresql/18/postmaster.pid");
    Files.writeString(pidFile, ProcessHandle.current().pid() + "\n");
    try (ServerProcess server = postgres.start();
        Connection connection = connect()) {
      assertThat(server.alive()).isTrue();
      assertThat(ask(connection, "SELECT 1")).containsExactly("1");
    }
  }

  @Test
  void replacesAServerThatOutlivedItsServiceAndItsGuard() throws Exception {
    ServerProcess server = postgres.start();
    long orphan = postmaster();
    // The guard's own guard is a child of the first: both go, and nobody tells the postmaster.
    ProcessHandle guard = ProcessHandle.of(server.pid()).orElseThrow();
    List<ProcessHandle> guards = new ArrayList<>(guard.children().toList());
    guards.removeIf(process -> process.pid() == orphan);
    guards.add(guard);
    guards.forEach(ProcessHandle::destroyForcibly);
    guards.forEach(process -> process.onExit().join());
    assertThat(ProcessHandle.of(orphan)).isPresent();

    try (ServerProcess next = postgres.start();
        Connection connection = connect()) {
      assertThat(next.alive()).isTrue();
      assertThat(postmaster()).isNotEqualTo(orphan);
      assertThat(ask(connection, "SELECT 1")).containsExactly("1");
    }
  }

  @Test
  void leavesNoProcessBehindWhenItStops() throws Exception {
    ServerProcess server = postgres.start();
    ProcessHandle process = ProcessHandle.of(postmaster()).orElseThrow();
    server.close();
    assertThat(process.isAlive()).isFalse();
    assertThat(folder.resolve("data/postgresql/18/postmaster.pid")).doesNotExist();
  }

  @Test
  void theOperatorsOwnSettingsWin() throws Exception {
    Path own = folder.resolve("data/postgresql.conf");
    Files.writeString(own, "max_connections = 23\n");
    try (ServerProcess server = postgres.start();
        Connection connection = connect()) {
      assertThat(server.alive()).isTrue();
      assertThat(ask(connection, "SHOW max_connections")).containsExactly("23");
    } finally {
      Files.delete(own);
    }
  }

  @Test
  void saysWhatTheServerSaidWhenItDoesNotStart() throws Exception {
    Path own = folder.resolve("data/postgresql.conf");
    Files.writeString(own, "no_such_setting = 1\n");
    try {
      assertThatThrownBy(postgres::start)
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("no_such_setting")
          .hasMessageContaining("log/postgresql");
    } finally {
      Files.delete(own);
    }
  }

  @Test
  void runsAsASystemUserWhereNamespacesAreForbidden(@TempDir Path other) throws Exception {
    assumeTrue(
        Integer.valueOf(0).equals(Files.getAttribute(other, "unix:uid")), "only root can do this");
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwx--x--x"));
    try (DataFolder own = DataFolder.open(other.resolve("data"))) {
      EmbeddedPostgres asNobody =
          EmbeddedPostgres.prepare(own, Privileges.otherUser("nobody"), step -> {});
      try (ServerProcess server = asNobody.start()) {
        assertThat(server.alive()).isTrue();
        long pid =
            Long.parseLong(
                Files.readAllLines(own.path().resolve("postgresql/18/postmaster.pid")).getFirst());
        assertThat(ProcessHandle.of(pid).orElseThrow().info().user()).contains("nobody");
      }
      asNobody.start().close();
    }
  }

  private void killAfter(List<Integer> committed, int count) {
    try {
      while (size(committed) < count) {
        Thread.sleep(1);
      }
      ProcessHandle.of(postmaster()).orElseThrow().destroyForcibly();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static int size(List<Integer> committed) {
    synchronized (committed) {
      return committed.size();
    }
  }

  private static void insertUntilRefused(
      Statement statement, String table, List<Integer> committed) {
    try {
      for (int id = 0; id < 1_000_000; id++) {
        statement.execute("INSERT INTO " + table + " VALUES (" + id + ")");
        synchronized (committed) {
          committed.add(id);
        }
      }
    } catch (SQLException refused) {
      return;
    }
    throw new AssertionError("the server took everything: it was not killed");
  }

  private long postmaster() throws IOException {
    Path pidFile = folder.resolve("data/postgresql/18/postmaster.pid");
    return Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), "armwise", postgres.password());
  }

  private Connection connectWhenBack() throws Exception {
    for (int attempt = 0; attempt < 600; attempt++) {
      try {
        return connect();
      } catch (SQLException notYet) {
        Thread.sleep(50);
      }
    }
    return connect();
  }

  private static List<String> ask(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  private static String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(folder.resolve("data").resolve(name)));
  }
}
