package io.armwise.service.platform;

import io.armwise.service.platform.embedded.DataFolder;
import io.armwise.service.platform.embedded.EmbeddedServerException;
import io.armwise.service.platform.embedded.EmbeddedServers;
import io.armwise.service.platform.embedded.ServerAddresses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL and the Kafka that a service uses, for a command that runs beside it: those that
 * the environment names, else those that a running service has started, else the same started for
 * the length of the command.
 */
public final class ServersInUse implements AutoCloseable {
  private final Map<String, Object> settings;
  private final @Nullable DataFolder data;
  private final @Nullable EmbeddedServers servers;

  private ServersInUse(
      Map<String, Object> settings, @Nullable DataFolder data, @Nullable EmbeddedServers servers) {
    this.settings = settings;
    this.data = data;
    this.servers = servers;
  }

  /**
   * Finds them, or starts them.
   *
   * @param folder of the service's data
   * @param environment of the process, as {@link RunningService.Options} describes it
   * @param progress told what is being done
   * @throws EmbeddedServerException if there is no data, or the servers do not start
   * @throws IllegalArgumentException if only one of the two servers is configured
   */
  public static ServersInUse find(
      Path folder, Map<String, String> environment, Consumer<String> progress) {
    Map<String, Object> configured = RunningService.configured(environment);
    if (!configured.isEmpty()) {
      return new ServersInUse(configured, null, null);
    }
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "There is no data folder "
              + folder
              + ". Name one with --data or ARMWISE_DATA, or the servers with ARMWISE_JDBC_URL and"
              + " ARMWISE_KAFKA_BOOTSTRAP_SERVERS.");
    }
    DataFolder data;
    try {
      data = DataFolder.open(folder);
    } catch (EmbeddedServerException inUse) {
      ServerAddresses running = ServerAddresses.remembered(folder).orElseThrow(() -> inUse);
      return new ServersInUse(
          settings(
              running.jdbcUrl(), running.user(), running.password(), running.bootstrapServers()),
          null,
          null);
    }
    EmbeddedServers servers = null;
    try {
      servers = EmbeddedServers.start(data, progress);
    } finally {
      if (servers == null) {
        data.close();
      }
    }
    return new ServersInUse(
        settings(servers.jdbcUrl(), servers.user(), servers.password(), servers.bootstrapServers()),
        data,
        servers);
  }

  private static Map<String, Object> settings(
      String jdbcUrl, String user, String password, String bootstrapServers) {
    return Map.of(
        "datasources.default.url", jdbcUrl,
        "datasources.default.username", user,
        "datasources.default.password", password,
        "armwise.kafka.bootstrap-servers", bootstrapServers,
        "armwise.kafka.replication-factor", 1);
  }

  /** Settings of a context that neither learns, aggregates, forgets nor archives by itself. */
  public Map<String, Object> settings() {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("armwise.aggregator.enabled", false);
    all.put("armwise.learning.enabled", false);
    all.put("armwise.retention.enabled", false);
    all.put("armwise.log.archive-job", false);
    all.put("datasources.default.maximum-pool-size", 3);
    return all;
  }

  @Override
  public void close() {
    if (servers != null) {
      servers.close();
    }
    if (data != null) {
      data.close();
    }
  }
}
