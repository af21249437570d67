package io.armwise.service.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.event.KafkaClients;
import io.armwise.service.platform.database.Database;
import io.armwise.service.rebuild.Rebuild;
import io.armwise.service.rebuild.RebuildReport;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.ServiceProcess;
import io.armwise.service.testing.ServiceUnderTest;
import io.armwise.service.testing.TestServers;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.jooq.exception.DataAccessException;

/**
 * Services that count one log, each a process, for tests to kill and freeze. The service of this
 * process only looks on: it reads no events. Owned by one thread.
 */
final class CountingServices implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(4);

  private final ServiceUnderTest observer;
  private final int workers;
  // By name. Whoever has survived a test serves the next: to start one takes seconds.
  private final Map<String, ServiceProcess> services = new LinkedHashMap<>();
  private int started;
  private long sent;

  private CountingServices(ServiceUnderTest observer, int workers) {
    this.observer = observer;
    this.workers = workers;
  }

  /**
   * Nobody counts yet.
   *
   * @param workers of each service
   */
  static CountingServices of(Class<?> test, int workers) {
    CountingServices services =
        new CountingServices(
            ServiceUnderTest.start(test, Map.of("ARMWISE_AGGREGATOR_ENABLED", "false")), workers);
    services.bean(KafkaClients.class).ensureTopic();
    return services;
  }

  @Override
  public void close() {
    services.values().forEach(ServiceProcess::close);
    observer.close();
  }

  TestServers.Place place() {
    return observer.place();
  }

  String topic() {
    return observer.topic();
  }

  <T> T bean(Class<T> type) {
    return observer.context().getBean(type);
  }

  /** At least so many, all of whose workers have joined the group. */
  void have(int count) {
    while (services.size() < count) {
      startOne();
    }
    Await.until(PATIENCE, this::members, members -> members == services.size() * workers);
  }

  /**
   * Starts one more. It reads small batches, so that whatever dies dies somewhere in the middle of
   * many, and its connections to the database carry its name.
   */
  void startOne() {
    String name = "counting-" + ++started;
    Map<String, String> environment = new HashMap<>(ServiceUnderTest.environment(place()));
    environment.merge("ARMWISE_JDBC_URL", "?ApplicationName=" + name, String::concat);
    environment.put("ARMWISE_AGGREGATOR_BATCH", "250");
    environment.put("ARMWISE_AGGREGATOR_WORKERS", String.valueOf(workers));
    services.put(
        name,
        ServiceProcess.start(
            ServiceUnderTest.newFolder(CountingServices.class).toAbsolutePath(), environment));
  }

  /** The names of those that live, oldest first. */
  List<String> names() {
    return List.copyOf(services.keySet());
  }

  ServiceProcess service(String name) {
    ServiceProcess service = services.get(name);
    if (service == null) {
      throw new AssertionError("no service " + name + " among " + services.keySet());
    }
    return service;
  }

  void kill(String name) {
    service(name).kill();
    services.remove(name);
  }

  /** Members of the group. */
  private int members() {
    String group = place().topicPrefix() + "aggregators";
    try (Admin admin = bean(KafkaClients.class).admin()) {
      return admin
          .describeConsumerGroups(List.of(group))
          .describedGroups()
          .values()
          .iterator()
          .next()
          .get()
          .members()
          .size();
    } catch (ExecutionException e) {
      return 0; // nobody has joined yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Starts an experiment and puts its events into the log. */
  void count(String experiment, String unit, Backlog backlog) {
    start(experiment, unit);
    send(backlog);
  }

  /** Starts an experiment. */
  void start(String experiment, String unit) {
    String definition =
        """
        {"key": "%1$s", "unit": "%3$s", "attributionWindow": "%2$s",
         "arms": [{"key": "a", "payload": 1}, {"key": "b", "payload": 2}],
         "metric": {"key": "%1$s", "kind": "continuous", "smallestEffect": 1}}
        """
            .formatted(experiment, Backlog.WINDOW, unit);
    observer.client().post("/v1/experiments", definition).expect(201);
    observer.client().post("/v1/experiments/" + experiment + "/start").expect(200);
  }

  /** Puts events into the log. */
  void send(Backlog backlog) {
    backlog.send(place().bootstrapServers(), topic());
    sent += backlog.records().size();
  }

  /** Waits until this part of the newest backlog has been read. */
  void awaitProgress(Backlog backlog, double part) {
    long allowed = (long) (backlog.records().size() * (1 - part));
    Await.until(PATIENCE, this::missing, missing -> missing <= allowed);
  }

  /** Waits until everything has been read. */
  void awaitAll() {
    Await.until(PATIENCE, this::missing, missing -> missing == 0);
  }

  /** How many records of the log are not in the evidence yet. */
  long missing() {
    return sent
        - database(
            () ->
                bean(EvidenceStore.class).positions(bean(Database.class).dsl()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum());
  }

  /** Waits for the end of the backlog; fails unless each of its events has counted once. */
  void requireEachCountedOnce(String key, Backlog backlog) {
    awaitAll();
    requireSums(key, backlog);
    Map<EventCount, Long> counts =
        bean(EvidenceStore.class).counts(bean(Database.class).dsl(), key);
    assertThat(counts)
        .containsEntry(EventCount.EXPOSURES, (long) backlog.exposures())
        .containsEntry(EventCount.OUTCOMES, (long) backlog.outcomes())
        .containsEntry(EventCount.DUPLICATES, (long) backlog.repeats());
    RebuildReport report =
        bean(Rebuild.class).run(new Rebuild.Request(null, Integer.MAX_VALUE), Rebuild.QUIET);
    assertThat(report.isEqual()).as("%s", report).isTrue();
    assertThat(report.events()).isEqualTo(sent);
  }

  /** Fails unless the sums of both arms are the backlog's. */
  void requireSums(String key, Backlog backlog) {
    backlog.requireSums(observer, key);
  }

  private interface Question {
    long answer();
  }

  /** Asks again while the database is away. */
  private static long database(Question question) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      try {
        return question.answer();
      } catch (DataAccessException e) {
        if (System.nanoTime() - end > 0) {
          throw e;
        }
      }
    }
  }
}
