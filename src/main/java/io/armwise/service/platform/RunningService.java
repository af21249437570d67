package io.armwise.service.platform;

import io.armwise.service.platform.database.Database;
import io.armwise.service.platform.disk.OwnerOnly;
import io.armwise.service.platform.embedded.DataFolder;
import io.armwise.service.platform.embedded.EmbeddedServers;
import io.armwise.service.platform.security.ApiKey;
import io.armwise.service.platform.security.ApiKeys;
import io.armwise.service.platform.security.Role;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.scheduling.TaskExecutors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service with whatever it started for itself. Closing it stops the service first, so that it
 * can finish what it has begun, then the servers.
 */
public final class RunningService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningService.class);
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(2);
  private static final String KEY_FILE = "admin-key";
  private static final String ADDRESS_FILE = "service-address";
  private static final String VARIABLES = "ARMWISE_";

  /** Of the embedded log: enough for the instances of one machine, and an fsync for each. */
  private static final int EMBEDDED_PARTITIONS = 12;

  private final DataFolder data;
  private final @Nullable EmbeddedServers servers;
  private final ApplicationContext context;
  private final URI address;

  private RunningService(
      DataFolder data, @Nullable EmbeddedServers servers, ApplicationContext context, URI address) {
    this.data = data;
    this.servers = servers;
    this.context = context;
    this.address = address;
  }

  /**
   * How to start.
   *
   * @param dataFolder where embedded servers keep their data
   * @param host address to listen at
   * @param port to listen at, 0 for any free one
   * @param environment of the process; {@code ARMWISE_JDBC_URL} and {@code
   *     ARMWISE_KAFKA_BOOTSTRAP_SERVERS}, set together, name a team's own servers; further {@code
   *     ARMWISE_KAFKA_…} set the topic, the group and what else {@code armwise.kafka} has
   */
  public record Options(Path dataFolder, String host, int port, Map<String, String> environment) {}

  /**
   * Starts everything and returns when the service answers.
   *
   * @param progress told what is being done
   * @throws io.armwise.service.platform.embedded.EmbeddedServerException if the data folder is in
   *     use or an embedded server does not start
   * @throws IllegalArgumentException if only one of the two servers is configured
   */
  public static RunningService start(Options options, Consumer<String> progress) {
    DataFolder data = DataFolder.open(options.dataFolder());
    EmbeddedServers servers = null;
    ApplicationContext context = null;
    boolean started = false;
    try {
      Map<String, Object> settings = new HashMap<>(configured(options.environment()));
      if (settings.isEmpty()) {
        servers = EmbeddedServers.start(data, progress);
        settings.put("datasources.default.url", servers.jdbcUrl());
        settings.put("datasources.default.username", servers.user());
        settings.put("datasources.default.password", servers.password());
        settings.put("armwise.kafka.bootstrap-servers", servers.bootstrapServers());
        settings.put("armwise.kafka.replication-factor", 1);
      }
      settings.put("armwise.data-folder", data.path().toString());
      settings.put("micronaut.server.host", options.host());
      settings.put("micronaut.server.port", options.port() == 0 ? -1 : options.port());
      progress.accept("Starting the service");
      context =
          ApplicationContext.builder()
              .propertySources(variables(options.environment(), servers != null))
              .properties(settings)
              .banner(false)
              .start();
      EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
      URI address = URI.create("http://" + shown(options.host()) + ":" + server.getPort());
      RunningService service = new RunningService(data, servers, context, address);
      service.makeFirstKey();
      service.writePrivately(ADDRESS_FILE, address.toString());
      started = true;
      return service;
    } finally {
      if (!started) {
        closeAll(context, servers, data);
      }
    }
  }

  /** What variables set, whoever hands them over: this process has its own or an embedder's. */
  private static PropertySource variables(Map<String, String> environment, boolean embedded) {
    Map<String, Object> ours = new HashMap<>(environment);
    ours.keySet().removeIf(name -> !name.startsWith(VARIABLES));
    if (embedded) {
      ours.putIfAbsent(VARIABLES + "KAFKA_PARTITIONS", EMBEDDED_PARTITIONS);
    }
    return PropertySource.of(
        "variables",
        ours,
        PropertySource.PropertyConvention.ENVIRONMENT_VARIABLE,
        PropertySource.Origin.of("ARMWISE_ variables"));
  }

  /** The servers that variables name, empty for none; what else they set every context reads. */
  static Map<String, Object> configured(Map<String, String> environment) {
    String jdbc = environment.getOrDefault("ARMWISE_JDBC_URL", "");
    String kafka = environment.getOrDefault("ARMWISE_KAFKA_BOOTSTRAP_SERVERS", "");
    if (jdbc.isBlank() != kafka.isBlank()) {
      throw new IllegalArgumentException(
          "Set ARMWISE_JDBC_URL and ARMWISE_KAFKA_BOOTSTRAP_SERVERS together, or neither; only "
              + (jdbc.isBlank() ? "ARMWISE_KAFKA_BOOTSTRAP_SERVERS" : "ARMWISE_JDBC_URL")
              + " is set.");
    }
    if (jdbc.isBlank()) {
      return Map.of();
    }
    Map<String, Object> settings = new HashMap<>();
    settings.put("datasources.default.url", jdbc);
    put(settings, "datasources.default.username", environment.get("ARMWISE_JDBC_USER"));
    put(settings, "datasources.default.password", environment.get("ARMWISE_JDBC_PASSWORD"));
    settings.put("armwise.kafka.bootstrap-servers", kafka);
    return settings;
  }

  private static void put(Map<String, Object> settings, String name, @Nullable String value) {
    if (value != null) {
      settings.put(name, value);
    }
  }

  private static String shown(String host) {
    return host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
  }

  private void makeFirstKey() {
    ApiKeys keys = context.getBean(ApiKeys.class);
    if (context.getBean(Database.class).isOpen() && keys.isEmpty()) {
      ApiKey key = keys.create("first administrator", Set.of(Role.ADMIN), null);
      writePrivately(KEY_FILE, key.text() + "\n");
    }
  }

  private void writePrivately(String name, String text) {
    Path file = data.path().resolve(name);
    try {
      Path draft = data.path().resolve(name + ".new");
      Files.deleteIfExists(draft);
      Files.createFile(draft, OwnerOnly.FILE);
      Files.writeString(draft, text, StandardCharsets.UTF_8);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Where the service answers. */
  public URI address() {
    return address;
  }

  /** The folder with the data. */
  public Path dataFolder() {
    return data.path();
  }

  /** Whether the service runs its own PostgreSQL and Kafka. */
  public boolean isEmbedded() {
    return servers != null;
  }

  /** The file with the first administrator's key. */
  public Path adminKeyFile() {
    return data.path().resolve(KEY_FILE);
  }

  /** The beans, for tests and for commands in the same process. */
  public ApplicationContext context() {
    return context;
  }

  /** The key in a data folder's key file, if it has one. */
  public static Optional<String> adminKey(Path dataFolder) {
    return read(dataFolder.resolve(KEY_FILE));
  }

  /** Where the service on a data folder last answered. */
  public static Optional<URI> lastAddress(Path dataFolder) {
    return read(dataFolder.resolve(ADDRESS_FILE)).map(URI::create);
  }

  private static Optional<String> read(Path file) {
    try {
      return Files.exists(file)
          ? Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip())
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  @Override
  public void close() {
    closeAll(context, servers, data);
  }

  /**
   * Answers what has come in and takes in no more: a request that came while the beans go away
   * would fail in the middle.
   */
  private static void stopServing(ApplicationContext context) {
    if (context.getBean(EmbeddedServer.class) instanceof NettyEmbeddedServer server
        && server.isRunning()) {
      try {
        server
            .shutdownGracefully()
            .toCompletableFuture()
            .get(LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        LOG.info("Not all requests were answered within {}", LAST_ANSWERS);
      } catch (ExecutionException e) {
        LOG.warn("Some requests may not have been answered", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      server.stopServerOnly();
    }
  }

  /** A task that begins while the beans go away would bring some of them back. */
  private static void stopSchedule(ApplicationContext context) {
    ExecutorService schedule =
        context.getBean(ExecutorService.class, Qualifiers.byName(TaskExecutors.SCHEDULED));
    schedule.shutdown();
    try {
      boolean _ = schedule.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeAll(
      @Nullable ApplicationContext context, @Nullable EmbeddedServers servers, DataFolder data) {
    if (context != null) {
      stopServing(context);
      stopSchedule(context);
      context.close();
    }
    if (servers != null) {
      servers.close();
    }
    data.close();
  }
}
