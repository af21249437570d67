package io.armwise.service.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.event.KafkaClients;
import io.armwise.service.platform.database.Database;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.ServiceProcess;
import io.armwise.service.testing.ServiceUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * A rebuild in a heap that has no room for the ids and states of the log that it reads.
 *
 * <p>The service of this process only answers questions. It has never counted an event, as if its
 * evidence had been lost, so the rebuild has to make all of it and to write all of it.
 */
class RebuildMemoryIT {
  private static final ServiceUnderTest SERVICE =
      ServiceUnderTest.start(RebuildMemoryIT.class, Map.of("ARMWISE_AGGREGATOR_ENABLED", "false"));

  private static final int USERS = 30_000;
  private static final int REQUESTS = 2 * USERS;

  /** Has been enough for 700,000 events; 44 do for 11,000, which are a single batch. */
  private static final int HEAP_MEGABYTES = 64;

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  @Test
  void needsNoMoreMemoryForALongerLog() throws IOException {
    start("users", "user");
    start("calls", "request");
    Backlog users = send(Backlog.of("users", USERS, 1));
    Backlog calls = send(Backlog.ofRequests("calls", REQUESTS, 2));
    moveToTheEndOfTheLog();
    Path output = ServiceUnderTest.newFolder(RebuildMemoryIT.class).resolve("output.log");
    int status =
        ServiceProcess.run(
            List.of("rebuild", "--flip"),
            HEAP_MEGABYTES,
            output,
            ServiceUnderTest.environment(SERVICE.place()));
    assertThat(status).as(Files.readString(output)).isZero();
    users.requireSums(SERVICE, "users");
    calls.requireSums(SERVICE, "calls");
    assertThat(count("unit_state")).isGreaterThanOrEqualTo(USERS);
    assertThat(count("seen_event")).isGreaterThanOrEqualTo(REQUESTS);
  }

  private static void start(String key, String unit) {
    EventMaps.start(
        SERVICE.client(),
        EventMaps.experiment(
            key,
            unit,
            EventMaps.metric(key, "continuous"),
            Map.of("attributionWindow", Backlog.WINDOW.toString())));
  }

  private static Backlog send(Backlog backlog) {
    backlog.send(SERVICE.place().bootstrapServers(), SERVICE.topic());
    return backlog;
  }

  private static void moveToTheEndOfTheLog() {
    try (Consumer<byte[], byte[]> log = bean(KafkaClients.class).replayingConsumer()) {
      List<TopicPartition> partitions =
          IntStream.range(0, 6).mapToObj(i -> new TopicPartition(SERVICE.topic(), i)).toList();
      log.endOffsets(partitions)
          .forEach(
              (partition, end) ->
                  bean(Database.class)
                      .dsl()
                      .execute(
                          "insert into log_position (topic, partition, next_offset) values (?, ?,"
                              + " ?)",
                          partition.topic(),
                          partition.partition(),
                          end));
    }
  }

  private static long count(String table) {
    return bean(Database.class)
        .dsl()
        .fetchSingle("select count(*) from " + table)
        .get(0, long.class);
  }

  private static <T> T bean(Class<T> type) {
    return SERVICE.context().getBean(type);
  }
}
