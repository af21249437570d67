package io.armwise.service.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.event.KafkaClients;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Services, servers and brokers die in the middle of a backlog; afterwards each event has counted
 * once. The service of this process only answers questions: it reads no events.
 */
class EvidenceFaultIT {
  private static final int UNITS = 8_000;
  // A soak gives each round another.
  private static final long SEED = Long.getLong("armwise.soak.seed", 0);
  private static CountingServices services;

  @BeforeAll
  static void start() {
    services = CountingServices.of(EvidenceFaultIT.class, 2);
  }

  @AfterAll
  static void stop() {
    services.close();
  }

  /**
   * Three instances share the partitions; two of them die one after the other and a fourth joins,
   * all while the backlog is read: of units that return, and of requests, whose ids are in a table.
   */
  @Test
  void countsEachEventOnceWhenInstancesDieAndJoin() {
    services.have(3);
    Backlog requests = Backlog.ofRequests("calls", UNITS / 2, SEED + 6);
    services.count("calls", "request", requests);
    Backlog backlog = count("storm", 1);
    services.awaitProgress(backlog, 0.2);
    services.kill(services.names().getFirst());
    services.startOne();
    services.awaitProgress(backlog, 0.4);
    services.kill(services.names().getFirst());
    assertThat(services.missing()).as("records left after two kills").isPositive();
    services.requireEachCountedOnce("storm", backlog);
    services.requireSums("calls", requests);
  }

  @Test
  void countsEachEventOnceWhenTheDatabaseAndThenTheBrokerIsKilled() {
    services.have(1);
    Backlog backlog = count("servers", 3);
    services.awaitProgress(backlog, 0.1);
    TestServers.killPostgres();
    assertThat(services.missing()).as("records left after the database's death").isPositive();
    services.awaitProgress(backlog, 0.4);
    TestServers.killKafka();
    assertThat(services.missing()).as("records left after the broker's death").isPositive();
    services.requireEachCountedOnce("servers", backlog);
  }

  /**
   * Members that join the group, are given partitions and die of them without reading, as fast as
   * they can: every time the partitions move, twice.
   */
  @Test
  void countsEachEventOnceInAStormOfRebalances() {
    services.have(2);
    AtomicBoolean storm = new AtomicBoolean(true);
    AtomicInteger rounds = new AtomicInteger();
    Thread joining = Thread.ofPlatform().start(() -> joinAndLeave(storm, rounds));
    try {
      Backlog backlog = count("rebalances", 4);
      Await.until(CountingServices.PATIENCE, rounds::get, joined -> joined >= 5);
      storm.set(false);
      services.requireEachCountedOnce("rebalances", backlog);
    } finally {
      storm.set(false);
      join(joining);
    }
  }

  private static void joinAndLeave(AtomicBoolean storm, AtomicInteger rounds) {
    while (storm.get()) {
      try (Consumer<byte[], byte[]> member = services.bean(KafkaClients.class).consumer(1)) {
        member.subscribe(List.of(services.topic()));
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
    services.have(2);
    AtomicBoolean slow = new AtomicBoolean(true);
    Thread braking = Thread.ofPlatform().start(() -> brake(slow));
    try {
      Backlog backlog = count("slow", 5);
      services.awaitProgress(backlog, 0.3);
      assertThat(services.missing()).as("records left while it is slow").isPositive();
      slow.set(false);
      services.requireEachCountedOnce("slow", backlog);
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

  /** Starts an experiment and puts its events into the log. */
  private static Backlog count(String experiment, long seed) {
    Backlog backlog = Backlog.of(experiment, UNITS, SEED + seed);
    services.count(experiment, "user", backlog);
    return backlog;
  }
}
