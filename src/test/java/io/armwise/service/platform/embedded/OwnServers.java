package io.armwise.service.platform.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL and a real Kafka that nobody else uses and nobody restarts, so that a test can
 * freeze and kill them. Not thread-safe.
 */
public final class OwnServers implements AutoCloseable {
  private final DataFolder data;
  private final EmbeddedPostgres postgres;
  private final EmbeddedKafka kafka;
  private @Nullable ServerProcess postgresProcess;
  private @Nullable ServerProcess kafkaProcess;

  /** One of the two. */
  public enum Server {
    POSTGRES,
    KAFKA
  }

  private OwnServers(DataFolder data, EmbeddedPostgres postgres, EmbeddedKafka kafka) {
    this.data = data;
    this.postgres = postgres;
    this.kafka = kafka;
  }

  /** Starts both in a folder. */
  public static OwnServers start(Path folder) throws IOException {
    DataFolder data = DataFolder.open(folder);
    OwnServers servers =
        new OwnServers(
            data,
            EmbeddedPostgres.prepare(data, Privileges.ofThisProcess(), step -> {}),
            EmbeddedKafka.prepare(data, step -> {}));
    servers.start(Server.POSTGRES);
    servers.start(Server.KAFKA);
    return servers;
  }

  /** The variables that point a service at them. */
  public Map<String, String> environment() {
    return Map.of(
        "ARMWISE_JDBC_URL", postgres.jdbcUrl(),
        "ARMWISE_JDBC_USER", EmbeddedPostgres.USER,
        "ARMWISE_JDBC_PASSWORD", postgres.password(),
        "ARMWISE_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
        "ARMWISE_KAFKA_PARTITIONS", "3");
  }

  /** Starts a server that was killed. */
  public void start(Server server) throws IOException {
    if (server == Server.POSTGRES) {
      postgresProcess = postgres.start();
    } else {
      kafkaProcess = kafka.start();
    }
  }

  /** Stops the server's processes where they are: connections stay, answers do not come. */
  public void freeze(Server server) throws IOException, InterruptedException {
    signal("STOP", server);
  }

  /** Lets a frozen server go on. */
  public void thaw(Server server) throws IOException, InterruptedException {
    signal("CONT", server);
  }

  /** Ends the server's processes at once. */
  public void kill(Server server) throws IOException, InterruptedException {
    List<ProcessHandle> ended = signal("KILL", server);
    for (ProcessHandle process : ended) {
      process.onExit().join();
    }
  }

  private List<ProcessHandle> signal(String signal, Server server)
      throws IOException, InterruptedException {
    ServerProcess process = server == Server.POSTGRES ? postgresProcess : kafkaProcess;
    if (process == null) {
      throw new AssertionError(server + " does not run");
    }
    List<ProcessHandle> all = new ArrayList<>();
    try (Stream<ProcessHandle> tree = ProcessHandle.of(process.pid()).stream()) {
      tree.forEach(
          root -> {
            all.add(root);
            root.descendants().forEach(all::add);
          });
    }
    List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
    all.forEach(one -> command.add(String.valueOf(one.pid())));
    int _ = new ProcessBuilder(command).inheritIO().start().waitFor();
    return all;
  }

  @Override
  public void close() {
    if (postgresProcess != null) {
      postgresProcess.close();
    }
    if (kafkaProcess != null) {
      kafkaProcess.close();
    }
    data.close();
  }
}
