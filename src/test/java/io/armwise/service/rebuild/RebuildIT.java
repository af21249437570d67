package io.armwise.service.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.armwise.service.evidence.EvidenceStore;
import io.armwise.service.platform.database.Database;
import io.armwise.service.rebuild.Rebuild.AsOf;
import io.armwise.service.rebuild.RebuildReport.Comparison;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.JsonClient;
import io.armwise.service.testing.ServiceUnderTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RebuildIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(RebuildIT.class);
  private static long sent;

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  /**
   * Events that name no experiment, an experiment before it has started, an arm before it is added
   * and an experiment after it is stopped: what counts depends on when the change took effect. A
   * rebuild that took the experiments as they are at the end would count more.
   */
  @Test
  void equalsTheLiveEvidenceThoughExperimentsChangedWhileEventsCameIn() throws Exception {
    AtomicBoolean changing = new AtomicBoolean(true);
    Thread traffic = Thread.ofVirtual().start(() -> sendWhile(changing));
    JsonClient client = SERVICE.client();
    client
        .post("/v1/experiments", definition("calls").replace("\"user\"", "\"request\""))
        .expect(201);
    client.post("/v1/experiments/calls/start").expect(200);
    for (String key : List.of("early", "late")) {
      client.post("/v1/experiments", definition(key)).expect(201);
      client.post("/v1/experiments/" + key + "/start").expect(200);
      Thread.sleep(300);
      client
          .post("/v1/experiments/" + key + "/arms", "{\"key\": \"c\", \"payload\": 3}")
          .expect(200);
      Thread.sleep(300);
    }
    client.post("/v1/experiments/early/stop").expect(200);
    Thread.sleep(300);
    changing.set(false);
    traffic.join();
    awaitAllRead();

    RebuildReport all = rebuild(null, Integer.MAX_VALUE);
    assertThat(all.isEqual()).as("%s", all).isTrue();
    assertThat(all.events()).isEqualTo(sent);
    assertThat(compared(all, "evidence rows")).isPositive();
    assertThat(compared(all, "unit states")).isGreaterThan(100);
    assertThat(compared(all, "ids of counted events")).isGreaterThan(100);
    assertThat(compared(all, "refused records")).isPositive();
    assertThat(compared(all, "shares of allocation versions")).isGreaterThanOrEqualTo(4);
    RebuildReport early = rebuild("early", 1);
    assertThat(early.isEqual()).as("%s", early).isTrue();
    assertThat(compared(early, "unit states")).isLessThan(compared(all, "unit states"));
    assertThat(compared(early, "shares of allocation versions")).isEqualTo(1);

    derivesAPastAllocationFromThePartOfTheLogThatItKnew(all.events());
    findsWhatSomebodyHasChanged();
  }

  private static void derivesAPastAllocationFromThePartOfTheLogThatItKnew(long events) {
    Rebuild rebuild = SERVICE.context().getBean(Rebuild.class);
    RebuildReport second = rebuild.runAsOf("late", AsOf.parse("2"), null, Rebuild.QUIET);
    assertThat(second.isEqual()).as("%s", second).isTrue();
    assertThat(compared(second, "shares of allocation versions")).isEqualTo(1);
    assertThat(second.events()).isLessThanOrEqualTo(events);
    RebuildReport newest = rebuild.runAsOf("late", new AsOf.At(Instant.now()), null, Rebuild.QUIET);
    assertThat(newest.isEqual()).as("%s", newest).isTrue();
    assertThat(newest.events()).isGreaterThanOrEqualTo(second.events());
    assertThatThrownBy(() -> rebuild.runAsOf("late", AsOf.parse("1000000"), null, Rebuild.QUIET))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** In this order, because it leaves the evidence wrong. */
  private void findsWhatSomebodyHasChanged() {
    Database database = SERVICE.context().getBean(Database.class);
    for (Map.Entry<String, String> change :
        Map.of(
                "arrivals by decision",
                "insert into arrival values (1, 0, 0, 1, 2147483648, 0)",
                "evidence rows",
                "update evidence set sum = sum + 0.000000001 where ctid = (select min(ctid) from"
                    + " evidence)",
                "unit states",
                "delete from unit_state where ctid = (select min(ctid) from unit_state)",
                "ids of counted events",
                "delete from seen_event where ctid = (select min(ctid) from seen_event)",
                "refused records",
                "delete from rejected_event where ctid = (select min(ctid) from rejected_event)",
                "counts of events",
                "update event_count set events = events + 1 where kind = 'rejected' and ctid ="
                    + " (select min(ctid) from event_count where kind = 'rejected')",
                "shares of allocation versions",
                "update allocation_version set shares[1] = shares[1] - 1, shares[2] = shares[2] + 1"
                    + " where version = 1 and experiment_id = 1")
            .entrySet()) {
      assertThat(database.dsl().execute(change.getValue())).as(change.getKey()).isEqualTo(1);
    }
    RebuildReport report = rebuild(null, Integer.MAX_VALUE);
    assertThat(report.isEqual()).isFalse();
    for (Comparison comparison : report.comparisons()) {
      long expected = comparison.what().equals("evidence of allocation versions") ? 0 : 1;
      assertThat(comparison.different()).as("%s", comparison).isGreaterThanOrEqualTo(expected);
      assertThat(comparison.examples()).hasSize((int) comparison.different());
    }
  }

  private static RebuildReport rebuild(@Nullable String experiment, int allocations) {
    return SERVICE
        .context()
        .getBean(Rebuild.class)
        .run(new Rebuild.Request(experiment, allocations), Rebuild.QUIET);
  }

  private static long compared(RebuildReport report, String what) {
    return report.comparisons().stream()
        .filter(comparison -> comparison.what().equals(what))
        .findFirst()
        .orElseThrow()
        .compared();
  }

  private static String definition(String key) {
    return """
    {"key": "%s", "unit": "user", "allocation": {"refresh": "PT1S"},
     "arms": [{"key": "a", "payload": 1}, {"key": "b", "payload": 2}],
     "metric": {"key": "amount", "kind": "continuous", "smallestEffect": 1},
     "metrics": [{"key": "paid", "kind": "binary", "outcome": "amount", "aggregation": "any"}]}
    """
        .formatted(key);
  }

  private static void sendWhile(AtomicBoolean more) {
    List<Future<RecordMetadata>> acknowledged = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", SERVICE.place().bootstrapServers(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int event = 0; more.get(); event++) {
        String unit = "u" + event % 400;
        String key = event % 2 == 0 ? "early" : "late";
        String arm = List.of("a", "b", "c").get(event % 400 % 3);
        acknowledged.add(
            send(
                producer,
                unit,
                "exposure",
                event,
                "\"experiment\": \"" + key + "\", \"arm\": \"" + arm + "\""));
        acknowledged.add(
            send(producer, unit, "outcome", event, "\"metric\": \"amount\", \"value\": 1.25"));
        acknowledged.add(
            send(
                producer,
                "call " + event / 2,
                "exposure",
                1_000_000 + event,
                "\"experiment\": \"calls\", \"arm\": \"a\""));
        if (event % 10 == 0) {
          String named = "{\"source\": \"test\", \"id\": \"outcome " + event + "\"}";
          acknowledged.add(send(producer, unit, "retraction", event, "\"event\": " + named));
        }
        Thread.sleep(1);
      }
      for (Future<RecordMetadata> each : acknowledged) {
        each.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
    sent = acknowledged.size();
  }

  private static Future<RecordMetadata> send(
      KafkaProducer<byte[], byte[]> producer, String unit, String type, int event, String data) {
    String json =
        """
        {"specversion": "1.0", "type": "io.armwise.%s.v1", "source": "test", "id": "%s %d",
         "data": {"unit": "%s", %s}}
        """
            .formatted(type, type, event, unit, data);
    return producer.send(
        new ProducerRecord<>(
            SERVICE.topic(),
            unit.getBytes(StandardCharsets.UTF_8),
            json.getBytes(StandardCharsets.UTF_8)));
  }

  private static void awaitAllRead() {
    Await.until(
        () ->
            SERVICE
                .context()
                .getBean(EvidenceStore.class)
                .positions(SERVICE.context().getBean(Database.class).dsl())
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .sum(),
        read -> read == sent);
  }
}
