package io.armwise.service.rejected;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.rejected.RejectedEvents.Filter;
import io.armwise.service.rejected.RejectedEvents.Replay;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.ServiceUnderTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RejectedEventsIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(RejectedEventsIT.class);
  private static final Filter ALL = new Filter(null, null);

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  /** An experiment starts after its events have come in: they are refused, then sent again. */
  @Test
  void keepsWhatWasRefusedAndSendsItAgainOnce() {
    Instant exposedAt = Instant.now().minusSeconds(3_600);
    send(
        "not json",
        text(EventMaps.exposure("e1", exposedAt, "soon", "a", "u1")),
        text(
            EventMaps.outcome(
                "o1",
                exposedAt.plusSeconds(1),
                Map.of("unit", "u1", "experiment", "soon", "metric", "soon", "value", 3))),
        text(EventMaps.exposure("e2", exposedAt, "never", "a", "u1")));
    RejectedEvents events = SERVICE.context().getBean(RejectedEvents.class);
    Await.until(
        () -> events.counts(ALL), counts -> counts.values().stream().mapToLong(n -> n).sum() == 4);
    assertThat(events.counts(ALL)).isEqualTo(Map.of("malformed", 1L, "unknown-experiment", 3L));
    assertThat(events.newest(new Filter("malformed", null), 10))
        .extracting(RejectedEvent::text)
        .containsExactly("not json");
    assertThat(events.newest(new Filter(null, Instant.now().plusSeconds(60)), 10)).isEmpty();

    EventMaps.start(
        SERVICE.client(),
        EventMaps.experiment("soon", "user", EventMaps.metric("soon", "count"), Map.of()));
    Replay expected = new Replay(2, Map.of("malformed", 1L, "unknown-experiment", 1L));
    assertThat(events.replay(ALL, true)).isEqualTo(expected);
    assertThat(events.replay(ALL, false)).isEqualTo(expected);
    assertThat(events.replay(ALL, false).accepted()).as("sent again twice").isZero();
    JsonNode report =
        Await.until(
            () -> SERVICE.client().get("/v1/experiments/soon/report").expect(200).json(),
            json -> json.path("arms").path(0).path("responders").asInt() == 1);
    assertThat(report.path("arms").path(0).path("sum").asInt()).isEqualTo(3);
    assertThat(events.newest(ALL, 10)).filteredOn(event -> event.replayedAt() != null).hasSize(2);
  }

  private static String text(Map<String, Object> event) {
    return StrictJson.write(event);
  }

  private static void send(String... values) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", SERVICE.place().bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new StringSerializer())) {
      for (String value : List.of(values)) {
        var _ = producer.send(new ProducerRecord<>(SERVICE.topic(), "u1", value));
      }
      producer.flush();
    }
  }
}
