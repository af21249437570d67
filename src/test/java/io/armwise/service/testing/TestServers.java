package io.armwise.service.testing;

import io.armwise.service.platform.embedded.DataFolder;
import io.armwise.service.platform.embedded.EmbeddedServers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One real PostgreSQL and one real Kafka for all test classes of a JVM, started at first use and
 * stopped with it. They trade durability for speed: what a test writes may go with the power.
 *
 * <p>A test class takes a {@link Place} of its own and shares nothing with the others:
 *
 * <pre>{@code
 * static final TestServers.Place PLACE = TestServers.newPlace(ThisIT.class);
 * }</pre>
 *
 * <p>Safe for use by several threads.
 */
public final class TestServers {
  /** Of this JVM: several may run tests beside each other. */
  private static final Path FOLDER =
      Path.of("target", "test-servers-" + System.getProperty("test.fork", "fork-1"));

  private static final AtomicInteger PLACES = new AtomicInteger();
  private static @Nullable EmbeddedServers running;

  private TestServers() {}

  /**
   * A database nobody else uses, and a prefix for topics and groups nobody else uses.
   *
   * @param jdbcUrl the empty database, owned by {@code user}
   * @param bootstrapServers the broker, {@code host:port}
   * @param topicPrefix ends in a dot
   */
  public record Place(
      String jdbcUrl, String user, String password, String bootstrapServers, String topicPrefix) {

    /** A new connection to the database. */
    public Connection connect() throws SQLException {
      return DriverManager.getConnection(jdbcUrl, user, password);
    }
  }

  /** Starts the servers where they are not running yet, and creates an empty database. */
  public static Place newPlace(Class<?> test) {
    return newPlace(test, null);
  }

  /**
   * The same on a volume of its own.
   *
   * @param volume an empty folder; {@link #drop} the place before it goes
   */
  public static Place newPlace(Class<?> test, @Nullable Path volume) {
    EmbeddedServers servers = running();
    // Unique over runs too: the data folder is kept, because unpacking and creating take seconds.
    String name =
        String.format(
            Locale.ROOT,
            "%s_%d_%d",
            test.getSimpleName().toLowerCase(Locale.ROOT),
            ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli(),
            PLACES.incrementAndGet());
    try (Connection connection =
            DriverManager.getConnection(servers.jdbcUrl(), "postgres", superuserPassword());
        Statement statement = connection.createStatement()) {
      if (volume != null) {
        Files.setOwner(volume, Files.getOwner(FOLDER.resolve("postgresql/18")));
        statement.execute(
            "CREATE TABLESPACE " + name + " LOCATION '" + volume.toAbsolutePath() + "'");
      }
      statement.execute(
          "CREATE DATABASE "
              + name
              + " OWNER "
              + servers.user()
              + (volume == null ? "" : " TABLESPACE " + name));
    } catch (SQLException | IOException e) {
      throw new AssertionError("no database for " + test, e);
    }
    String server = servers.jdbcUrl().substring(0, servers.jdbcUrl().lastIndexOf('/') + 1);
    return new Place(
        server + name,
        servers.user(),
        servers.password(),
        servers.bootstrapServers(),
        name.replace('_', '-') + ".");
  }

  private static synchronized EmbeddedServers running() {
    if (running == null) {
      running = start();
    }
    return running;
  }

  private static EmbeddedServers start() {
    DataFolder data = DataFolder.open(FOLDER);
    try {
      Files.writeString(
          FOLDER.resolve("postgresql.conf"),
          """
          fsync = off
          full_page_writes = off
          synchronous_commit = off
          max_connections = 200
          """);
      Files.writeString(
          FOLDER.resolve("kafka.properties"),
          // A killed consumer's partitions are free after 5 s, not 45 s.
          """
          log.flush.interval.messages=9223372036854775807
          group.consumer.min.session.timeout.ms=5000
          group.consumer.session.timeout.ms=5000
          group.consumer.min.heartbeat.interval.ms=1000
          group.consumer.heartbeat.interval.ms=1000
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    EmbeddedServers servers = EmbeddedServers.start(data, step -> {});
    Thread stop =
        new Thread(
            () -> {
              servers.close();
              data.close();
            },
            "test servers shutdown");
    Runtime.getRuntime().addShutdownHook(stop);
    return servers;
  }

  /** Deletes the database of a place on a volume of its own, and lets go of the volume. */
  public static void drop(Place place) {
    String name = databaseName(place);
    try (Connection connection =
            DriverManager.getConnection(running().jdbcUrl(), "postgres", superuserPassword());
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE " + name + " WITH (FORCE)");
      statement.execute("DROP TABLESPACE " + name);
    } catch (SQLException | IOException e) {
      throw new AssertionError(name + " cannot be dropped", e);
    }
  }

  private static String databaseName(Place place) {
    return place.jdbcUrl().substring(place.jdbcUrl().lastIndexOf('/') + 1);
  }

  /** Cuts a database off, as an outage would: connections break and no new one is let in. */
  public static void shut(Place place) {
    allowConnections(place, false);
  }

  /** Lets connections in again. */
  public static void open(Place place) {
    allowConnections(place, true);
  }

  private static void allowConnections(Place place, boolean allow) {
    String name = databaseName(place);
    try (Connection connection =
            DriverManager.getConnection(running().jdbcUrl(), "postgres", superuserPassword());
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS " + allow);
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    } catch (SQLException | IOException e) {
      throw new AssertionError("connections to " + name + " cannot be changed", e);
    }
  }

  /** Kills PostgreSQL as the power would; its supervisor starts it again. */
  public static void killPostgres() {
    kill(FOLDER.resolve("postgresql/18/postmaster.pid"));
  }

  /** Kills the broker as the power would; its supervisor starts it again. */
  public static void killKafka() {
    kill(FOLDER.resolve("run/kafka.pid"));
  }

  /** Lets PostgreSQL and all its processes stand still: it takes connections and never answers. */
  public static void freezePostgres() {
    signalPostgres("STOP");
  }

  /** Lets PostgreSQL go on. */
  public static void thawPostgres() {
    signalPostgres("CONT");
  }

  /** Lets the broker stand still: it takes connections and never answers. */
  public static void freezeKafka() {
    ServiceProcess.Signals.send("STOP", pid(FOLDER.resolve("run/kafka.pid")));
  }

  /** Lets the broker go on. */
  public static void thawKafka() {
    ServiceProcess.Signals.send("CONT", pid(FOLDER.resolve("run/kafka.pid")));
  }

  private static void signalPostgres(String signal) {
    long postmaster = pid(FOLDER.resolve("postgresql/18/postmaster.pid"));
    ServiceProcess.Signals.send(signal, postmaster);
    // Some of them may end of themselves before the signal reaches them.
    ProcessHandle.of(postmaster)
        .orElseThrow()
        .children()
        .forEach(child -> ServiceProcess.Signals.sendIfAlive(signal, child.pid()));
  }

  private static void kill(Path pidFile) {
    ServiceProcess.Signals.send("KILL", pid(pidFile));
  }

  private static long pid(Path file) {
    try {
      return Long.parseLong(Files.readString(file).strip().split("\\s+", 2)[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String superuserPassword() throws IOException {
    Properties settings = new Properties();
    try (InputStream in = Files.newInputStream(FOLDER.resolve("settings.properties"))) {
      settings.load(in);
    }
    return settings.getProperty("postgresql.postgres.password");
  }
}
