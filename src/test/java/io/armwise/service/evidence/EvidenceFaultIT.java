package io.armwise.service.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.posterior.ExactSums;
import io.armwise.service.event.KafkaClients;
import io.armwise.service.evidence.EvidenceStore.ArmSums;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.platform.database.Database;
import io.armwise.service.rebuild.Rebuild;
import io.armwise.service.rebuild.RebuildReport;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.ServiceProcess;
import io.armwise.service.testing.ServiceUnderTest;
import io.armwise.service.testing.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Services, servers and brokers die in the middle of a backlog; afterwards each event has counted
 * once. The service of this process only answers questions: it reads no events.
 */
class EvidenceFaultIT {
  private static final int UNITS = 8_000;
  private static final int WORKERS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String AGGREGATOR = "armwise.aggregator.enabled";
  // A soak gives each round another.
  private static final long SEED = Long.getLong("armwise.soak.seed", 0);
  // Whoever has survived a test serves the next: to start one takes seconds.
  private static final List<ServiceProcess> SERVICES = new ArrayList<>();
  private static ServiceUnderTest observer;
  private static long sent;

  @BeforeAll
  static void start() {
    System.setProperty(AGGREGATOR, "false");
    try {
      observer = ServiceUnderTest.start(EvidenceFaultIT.class);
    } finally {
      System.clearProperty(AGGREGATOR);
    }
    bean(KafkaClients.class).ensureTopic();
  }

  @AfterAll
  static void stop() {
    SERVICES.forEach(ServiceProcess::close);
    observer.close();
  }

  /**
   * Three instances share the partitions; two of them die one after the other and a fourth joins,
   * all while the backlog is read: of units that return, and of requests, whose ids are in a table.
   */
  @Test
  void countsEachEventOnceWhenInstancesDieAndJoin() {
    haveServices(3);
    Backlog requests = Backlog.ofRequests("calls", UNITS / 2, SEED + 6);
    start("calls", "request", requests);
    Backlog backlog = start("storm", 1);
    awaitProgress(backlog, 0.2);
    SERVICES.removeFirst().kill();
    SERVICES.add(service());
    awaitProgress(backlog, 0.4);
    SERVICES.removeFirst().kill();
    assertThat(missing()).as("records left after two kills").isPositive();
    requireEachCountedOnce("storm", backlog);
    requireSums("calls", requests);
  }

  @Test
  void countsEachEventOnceWhenAFrozenServiceWakesUpAfterAnotherHasTakenOver() {
    haveServices(2);
    Backlog backlog = start("frozen", 2);
    List<ServiceProcess> zombies = List.copyOf(SERVICES.subList(1, SERVICES.size()));
    awaitProgress(backlog, 0.1);
    zombies.forEach(ServiceProcess::freeze);
    assertThat(missing()).as("records left when frozen").isPositive();
    awaitProgress(backlog, 0.8);
    zombies.forEach(ServiceProcess::thaw);
    requireEachCountedOnce("frozen", backlog);
  }

  @Test
  void countsEachEventOnceWhenTheDatabaseAndThenTheBrokerIsKilled() {
    haveServices(1);
    Backlog backlog = start("servers", 3);
    awaitProgress(backlog, 0.1);
    TestServers.killPostgres();
    assertThat(missing()).as("records left after the database's death").isPositive();
    awaitProgress(backlog, 0.4);
    TestServers.killKafka();
    assertThat(missing()).as("records left after the broker's death").isPositive();
    requireEachCountedOnce("servers", backlog);
  }

  /**
   * Members that join the group, are given partitions and die of them without reading, as fast as
   * they can: every time the partitions move, twice.
   */
  @Test
  void countsEachEventOnceInAStormOfRebalances() {
    haveServices(2);
    AtomicBoolean storm = new AtomicBoolean(true);
    AtomicInteger rounds = new AtomicInteger();
    Thread joining = Thread.ofPlatform().start(() -> joinAndLeave(storm, rounds));
    try {
      Backlog backlog = start("rebalances", 4);
      Await.until(PATIENCE, rounds::get, joined -> joined >= 5);
      storm.set(false);
      requireEachCountedOnce("rebalances", backlog);
    } finally {
      storm.set(false);
      join(joining);
    }
  }

  private static void joinAndLeave(AtomicBoolean storm, AtomicInteger rounds) {
    while (storm.get()) {
      try (Consumer<byte[], byte[]> member = bean(KafkaClients.class).consumer(1)) {
        member.subscribe(List.of(observer.topic()));
        while (storm.get()) {
          // Fails as soon as it is given a partition: nobody has told it where to read.
          ConsumerRecords<byte[], byte[]> _ = member.poll(Duration.ofMillis(50));
        }
      } catch (KafkaException e) {
        rounds.incrementAndGet();
      }
    }
  }

  /** A database that stands still for most of the time, a third of a second at a time. */
  @Test
  void countsEachEventOnceWhenTheDatabaseIsSlow() {
    haveServices(2);
    AtomicBoolean slow = new AtomicBoolean(true);
    Thread braking = Thread.ofPlatform().start(() -> brake(slow));
    try {
      Backlog backlog = start("slow", 5);
      awaitProgress(backlog, 0.3);
      assertThat(missing()).as("records left while it is slow").isPositive();
      slow.set(false);
      requireEachCountedOnce("slow", backlog);
    } finally {
      slow.set(false);
      join(braking);
    }
  }

  private static void brake(AtomicBoolean slow) {
    while (slow.get()) {
      TestServers.freezePostgres();
      LockSupport.parkNanos(Duration.ofMillis(330).toNanos());
      TestServers.thawPostgres();
      LockSupport.parkNanos(Duration.ofMillis(150).toNanos());
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** At least so many, all of whose workers have joined the group. */
  private static void haveServices(int count) {
    while (SERVICES.size() < count) {
      SERVICES.add(service());
    }
    Await.until(
        PATIENCE, EvidenceFaultIT::workers, workers -> workers == SERVICES.size() * WORKERS);
  }

  /** Small batches, so that whatever dies dies somewhere in the middle of many. */
  private static ServiceProcess service() {
    Map<String, String> environment = new HashMap<>(ServiceUnderTest.environment(observer.place()));
    environment.put("ARMWISE_AGGREGATOR_BATCH", "250");
    environment.put("ARMWISE_AGGREGATOR_WORKERS", String.valueOf(WORKERS));
    return ServiceProcess.start(
        ServiceUnderTest.newFolder(EvidenceFaultIT.class).toAbsolutePath(), environment);
  }

  /** Members of the aggregators' group. */
  private static int workers() {
    String group = observer.place().topicPrefix() + "aggregators";
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

  /** Starts an experiment and puts its events into the log, before anybody reads them. */
  private static Backlog start(String experiment, long seed) {
    Backlog backlog = Backlog.of(experiment, UNITS, SEED + seed);
    start(experiment, "user", backlog);
    return backlog;
  }

  private static void start(String experiment, String unit, Backlog backlog) {
    String definition =
        """
        {"key": "%1$s", "unit": "%3$s", "attributionWindow": "%2$s",
         "arms": [{"key": "a", "payload": 1}, {"key": "b", "payload": 2}],
         "metric": {"key": "%1$s", "kind": "continuous", "smallestEffect": 1}}
        """
            .formatted(experiment, Backlog.WINDOW, unit);
    observer.client().post("/v1/experiments", definition).expect(201);
    observer.client().post("/v1/experiments/" + experiment + "/start").expect(200);
    backlog.send(observer.place().bootstrapServers(), observer.topic());
    sent += backlog.records().size();
  }

  /** Waits until this part of the newest backlog has been read. */
  private static void awaitProgress(Backlog backlog, double part) {
    long allowed = (long) (backlog.records().size() * (1 - part));
    Await.until(PATIENCE, EvidenceFaultIT::missing, missing -> missing <= allowed);
  }

  /** How many records of the log are not in the evidence yet. */
  private static long missing() {
    return sent
        - database(
            () ->
                bean(EvidenceStore.class).positions(bean(Database.class).dsl()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum());
  }

  private static void requireEachCountedOnce(String key, Backlog backlog) {
    Await.until(PATIENCE, EvidenceFaultIT::missing, missing -> missing == 0);
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

  private static void requireSums(String key, Backlog backlog) {
    Experiment experiment = bean(ExperimentStore.class).find(key).orElseThrow();
    List<ExactSums> sums =
        bean(EvidenceStore.class)
            .sums(bean(Database.class).dsl(), experiment.id(), key, 2, Integer.MAX_VALUE)
            .stream()
            .map(ArmSums::total)
            .toList();
    for (int arm = 0; arm < 2; arm++) {
      ExactSums expected = backlog.sums().get(arm);
      assertThat(sums.get(arm).count()).as("units of arm %d", arm).isEqualTo(expected.count());
      assertThat(sums.get(arm).sum()).as("sum of arm %d", arm).isEqualByComparingTo(expected.sum());
      assertThat(sums.get(arm).sumOfSquares())
          .as("squares of arm %d", arm)
          .isEqualByComparingTo(expected.sumOfSquares());
    }
  }

  private static <T> T bean(Class<T> type) {
    return observer.context().getBean(type);
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
