package io.armwise.service.testing;

import io.armwise.service.platform.RunningService;
import io.armwise.service.platform.security.ApiKeys;
import io.armwise.service.platform.security.Role;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The whole service on a real PostgreSQL and a real Kafka, with a database, a topic and a consumer
 * group of its own. Started once per test class:
 *
 * <pre>{@code
 * static final ServiceUnderTest SERVICE = ServiceUnderTest.start(ThisIT.class);
 *
 * @AfterAll
 * static void stop() {
 *   SERVICE.close();
 * }
 * }</pre>
 *
 * <p>Not thread-safe; the client it hands out is.
 */
public final class ServiceUnderTest implements AutoCloseable {
  private static final Path FOLDERS = Path.of("target", "services-under-test");

  private final TestServers.Place place;
  private final RunningService.Options options;
  private RunningService running;

  private ServiceUnderTest(TestServers.Place place, RunningService.Options options) {
    this.place = place;
    this.options = options;
    this.running = RunningService.start(options, step -> {});
  }

  /** Starts a service for a test class. */
  public static ServiceUnderTest start(Class<?> test) {
    return start(test, Map.of());
  }

  /**
   * Starts a service for a test class.
   *
   * @param environment variables on top of those that name the servers
   */
  public static ServiceUnderTest start(Class<?> test, Map<String, String> environment) {
    return start(test, TestServers.newPlace(test), environment);
  }

  /** Starts a service for a test class that has a place already. */
  public static ServiceUnderTest start(
      Class<?> test, TestServers.Place place, Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>(environment(place));
    variables.putAll(environment);
    return new ServiceUnderTest(
        place, new RunningService.Options(newFolder(test), "127.0.0.1", 0, Map.copyOf(variables)));
  }

  /** The variables that point a service at {@code place}. */
  public static Map<String, String> environment(TestServers.Place place) {
    return Map.of(
        "ARMWISE_JDBC_URL", place.jdbcUrl(),
        "ARMWISE_JDBC_USER", place.user(),
        "ARMWISE_JDBC_PASSWORD", place.password(),
        "ARMWISE_KAFKA_BOOTSTRAP_SERVERS", place.bootstrapServers(),
        "ARMWISE_KAFKA_TOPIC", place.topicPrefix() + "events",
        "ARMWISE_KAFKA_GROUP", place.topicPrefix() + "aggregators",
        "ARMWISE_KAFKA_PARTITIONS", "6");
  }

  /** A new folder below the build's. */
  public static Path newFolder(Class<?> test) {
    try {
      Files.createDirectories(FOLDERS);
      return Files.createTempDirectory(FOLDERS, test.getSimpleName());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the service answers; another port after {@link #restart}. */
  public URI address() {
    return running.address();
  }

  /** The key of the first administrator. */
  public String adminKey() {
    return RunningService.adminKey(running.dataFolder()).orElseThrow();
  }

  /** A new key with these roles. */
  public String newKey(Role... roles) {
    return context().getBean(ApiKeys.class).create("test", Set.of(roles), null).text();
  }

  /** A client with the administrator's key. */
  public JsonClient client() {
    return new JsonClient(address(), adminKey());
  }

  /** The service's beans. */
  public ApplicationContext context() {
    return running.context();
  }

  /** The service's folder, with its address and key. */
  public Path dataFolder() {
    return running.dataFolder();
  }

  /** The servers. */
  public TestServers.Place place() {
    return place;
  }

  /** The topic of the events. */
  public String topic() {
    return place.topicPrefix() + "events";
  }

  /** Stops the service and starts it again. */
  public void restart() {
    running.close();
    running = RunningService.start(options, step -> {});
  }

  @Override
  public void close() {
    running.close();
  }
}
