package io.armwise.service.platform.embedded;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A real PostgreSQL in the data folder: checksums, fsync, scram-sha-256, loopback TCP only, random
 * passwords. The service's role {@code armwise} owns the database {@code armwise} and is no
 * superuser.
 *
 * <p>Layout: {@code postgresql/bin-…} the programs, {@code postgresql/18} the cluster, {@code
 * log/postgresql} the logs. Settings of the operator's own in {@code postgresql.conf} at the top of
 * the data folder win over ours.
 *
 * <p>Not safe for use by several threads; {@link Supervisor} owns it.
 */
final class EmbeddedPostgres implements EmbeddedServer {
  static final String USER = "armwise";
  static final String DATABASE = "armwise";
  private static final String SUPERUSER = "postgres";

  /** Crash recovery replays at most max_wal_size, which a slow disk does in well under this. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(10);

  private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(20);

  /**
   * Runs the server and, when standard input ends, asks it for a fast shutdown: the postmaster
   * itself does not notice that its parent is gone.
   */
  private static final String GUARD =
      """
      exec 3<&0
      "$@" </dev/null 3<&- &
      server=$!
      (while read -r _; do :; done; kill -INT "$server") <&3 &
      guard=$!
      wait "$server"
      status=$?
      kill "$guard" 2>/dev/null
      exit "$status"
      """;

  private final DataFolder data;
  private final Consumer<String> progress;
  private final Privileges privileges;
  private final Path home;
  private final Path logs;
  private final Path cluster;
  private final Path binaries;
  private final int port;
  private final String password;
  private final String superuserPassword;

  private EmbeddedPostgres(DataFolder data, Privileges privileges, Consumer<String> progress)
      throws IOException {
    this.data = data;
    this.progress = progress;
    this.privileges = privileges;
    this.home = data.folder("postgresql");
    this.logs = data.folder("log/postgresql");
    this.cluster = home.resolve("18");
    // Only when a server that is still stopping has ended is its port free to be used again.
    endOrphans();
    this.port = data.port("postgresql");
    this.password = data.secret("postgresql." + USER);
    this.superuserPassword = data.secret("postgresql." + SUPERUSER);
    this.binaries = PostgresBinaries.unpackInto(home);
  }

  /** Unpacks the programs and creates the cluster where they are missing; starts nothing yet. */
  static EmbeddedPostgres prepare(DataFolder data, Privileges privileges, Consumer<String> progress)
      throws IOException {
    if (!Files.isDirectory(data.path().resolve("postgresql"))) {
      progress.accept("unpacking PostgreSQL");
    }
    EmbeddedPostgres postgres = new EmbeddedPostgres(data, privileges, progress);
    privileges.give(postgres.home);
    privileges.give(postgres.logs);
    privileges.letThrough(postgres.home, data.path());
    privileges.letThrough(postgres.logs, data.path());
    if (!Files.isDirectory(postgres.cluster)) {
      progress.accept("creating the database cluster");
      postgres.createCluster();
    }
    return postgres;
  }

  String jdbcUrl() {
    return jdbcUrl(DATABASE);
  }

  private String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  String password() {
    return password;
  }

  int port() {
    return port;
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  /** Creates the cluster beside its place and moves it there, complete and synced to disk. */
  private void createCluster() throws IOException {
    Path unfinished = home.resolve("creating");
    PostgresBinaries.deleteTree(unfinished);
    Path passwordFile =
        DataFolder.writePrivately(home.resolve("superuser-password"), superuserPassword + "\n");
    privileges.give(passwordFile);
    Path output = logs.resolve("initdb.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                privileges.command(
                    List.of(
                        binaries.resolve("bin/initdb").toString(),
                        "--pgdata=" + unfinished,
                        "--username=" + SUPERUSER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--data-checksums",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--no-instructions")))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment());
    Process initdb = builder.start();
    try {
      if (initdb.waitFor() != 0) {
        throw new EmbeddedServerException(
            "PostgreSQL could not create its cluster in "
                + home
                + ":\n"
                + Files.readString(output));
      }
    } catch (InterruptedException e) {
      initdb.destroyForcibly();
      throw interrupted(e);
    } finally {
      Files.delete(passwordFile);
    }
    Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Server messages in English, whatever the operator's language: we read some of them. */
  private static Map<String, String> environment() {
    return Map.of("TZ", "UTC", "LC_ALL", "C");
  }

  /** Starts the server and returns when the service's role can use its database. */
  @Override
  public ServerProcess start() throws IOException {
    endOrphans();
    writeConfiguration();
    ServerProcess process =
        ServerProcess.start(
            name(),
            record(),
            logs.resolve("start.log"),
            privileges.command(
                List.of(
                    "sh",
                    "-c",
                    GUARD,
                    "armwise-postgresql",
                    binaries.resolve("bin/postgres").toString(),
                    "-D",
                    cluster.toString())),
            environment());
    boolean ready = false;
    try {
      awaitReady(process);
      provide();
      ready = true;
      return process;
    } catch (SQLException e) {
      throw new EmbeddedServerException(
          "PostgreSQL started but cannot be used: " + e.getMessage(), e);
    } finally {
      if (!ready) {
        process.close();
      }
    }
  }

  /**
   * Ends what a killed service or a killed postmaster left running. Every process that runs a
   * program of this data folder belongs to this cluster. Only when none is left may a stale pid
   * file go: PostgreSQL would otherwise take an unrelated process with that id for a server.
   */
  private void endOrphans() throws IOException {
    ServerProcess.endPrevious(record());
    Path pidFile = cluster.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    long postmaster = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    Instant deadline = Instant.now().plus(ORPHAN_PATIENCE);
    List<ProcessHandle> orphans = processes();
    if (orphans.stream().anyMatch(process -> process.pid() == postmaster)) {
      progress.accept("stopping a PostgreSQL that outlived its service");
      new ProcessBuilder("sh", "-c", "kill -INT " + postmaster).start();
    }
    while (!orphans.isEmpty() && Instant.now().isBefore(deadline)) {
      pause();
      orphans = processes();
    }
    orphans.forEach(process -> ServerProcess.awaitOrKill(process, Duration.ZERO));
    Files.deleteIfExists(pidFile);
  }

  private List<ProcessHandle> processes() {
    String ours = home.resolve(PostgresBinaries.PREFIX).toString();
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(
              process -> process.info().command().filter(path -> path.startsWith(ours)).isPresent())
          .toList();
    }
  }

  private Path record() throws IOException {
    return data.folder("run").resolve("postgresql.pid");
  }

  private void writeConfiguration() throws IOException {
    DataFolder.writePrivately(
        cluster.resolve("postgresql.conf"),
        """
        # Written at each start. Settings of your own: postgresql.conf at the top of the data folder.
        listen_addresses = '127.0.0.1'
        port = %d
        unix_socket_directories = ''
        password_encryption = 'scram-sha-256'

        fsync = on
        full_page_writes = on
        synchronous_commit = on
        max_wal_size = '8GB'
        checkpoint_timeout = '15min'

        max_connections = 60
        shared_buffers = '%dMB'
        effective_cache_size = '%dMB'
        work_mem = '8MB'
        maintenance_work_mem = '64MB'
        jit = off
        io_method = 'sync'
        # Workers need shared memory that containers are often short of; our queries are small.
        max_parallel_workers_per_gather = 0

        timezone = 'UTC'
        log_timezone = 'UTC'
        logging_collector = on
        log_directory = '%s'
        log_filename = 'postgresql-%%a.log'
        log_rotation_age = '1d'
        log_truncate_on_rotation = on
        log_line_prefix = '%%m [%%p] '
        log_min_duration_statement = '1s'
        """
                .formatted(port, sharedBuffersMb(), 4 * sharedBuffersMb(), logs)
            + ownSettings());
    DataFolder.writePrivately(
        cluster.resolve("pg_hba.conf"),
        "# Written at each start.\nhost all all 127.0.0.1/32 scram-sha-256\n");
    privileges.give(cluster.resolve("postgresql.conf"));
    privileges.give(cluster.resolve("pg_hba.conf"));
  }

  /**
   * An eighth of the memory: the index of ids and the states that come back should fit, and service
   * and broker need some too. What is not used is not taken.
   */
  private static long sharedBuffersMb() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
        ? Math.clamp(machine.getTotalMemorySize() / 8 / (1 << 20), 128, 4_096)
        : 128;
  }

  /** Last, so that the operator's settings win. */
  private String ownSettings() {
    Path own = data.path().resolve("postgresql.conf");
    return Files.exists(own) ? "\ninclude '" + own + "'\n" : "";
  }

  private void awaitReady(ServerProcess process) throws IOException {
    Instant deadline = Instant.now().plus(START_PATIENCE);
    while (!saysReady()) {
      if (!process.alive() || Instant.now().isAfter(deadline)) {
        throw process.failedToStart(logs);
      }
      pause();
    }
  }

  /** The postmaster keeps its state in the eighth line of its pid file. */
  private boolean saysReady() throws IOException {
    Path pidFile = cluster.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return false;
    }
    List<String> lines = Files.readAllLines(pidFile, StandardCharsets.UTF_8);
    return lines.size() >= 8 && lines.get(7).strip().equals("ready");
  }

  /** Creates the role and the database where the first start was cut short before it could. */
  private void provide() throws SQLException {
    try {
      DriverManager.getConnection(jdbcUrl(), USER, password).close();
      return;
    } catch (SQLException notYet) {
      progress.accept("creating the database");
    }
    try (Connection connection =
            DriverManager.getConnection(jdbcUrl("postgres"), SUPERUSER, superuserPassword);
        Statement statement = connection.createStatement()) {
      if (!exists(statement, "SELECT FROM pg_roles WHERE rolname = '" + USER + "'")) {
        statement.execute("CREATE ROLE " + USER + " LOGIN");
      }
      // The alphabet of the password (base64url) needs no quoting.
      statement.execute("ALTER ROLE " + USER + " PASSWORD '" + password + "'");
      if (!exists(statement, "SELECT FROM pg_database WHERE datname = '" + DATABASE + "'")) {
        statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + USER);
      }
    }
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static EmbeddedServerException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new EmbeddedServerException("The start of PostgreSQL was interrupted.", e);
  }
}
