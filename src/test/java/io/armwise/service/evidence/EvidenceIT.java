package io.armwise.service.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.posterior.BernoulliEvidence;
import io.armwise.posterior.BetaPrior;
import io.armwise.posterior.CountEvidence;
import io.armwise.posterior.ExactSums;
import io.armwise.posterior.GammaPrior;
import io.armwise.posterior.NormalInverseGammaPrior;
import io.armwise.posterior.StudentTPosterior;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.JsonClient;
import io.armwise.service.testing.ServiceUnderTest;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.CloudEventSerializer;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the service has learned against a direct count: equal in every digit. */
class EvidenceIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(EvidenceIT.class);

  @SuppressWarnings("TimeInStaticInitializer") // one moment for all tests of the class
  private static final Instant START =
      Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(1, ChronoUnit.DAYS);

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  @ParameterizedTest
  @CsvSource({
    "user, binary",
    "user, continuous",
    "user, count",
    "request, binary",
    "request, continuous",
    "request, count"
  })
  void equalsADirectCountWithDuplicatesAndShuffledOrder(String unit, String kind) {
    JsonClient client = SERVICE.client();
    History history = new History(unit + "-" + kind, unit, kind, START, 7);
    EventMaps.start(client, history.definition());
    history.addUnits(400);
    send(client, duplicatedAndShuffled(history.events()));
    assertReportEquals(history, kind);
    send(client, duplicatedAndShuffled(history.events()));
    Await.until(
        () -> client.get("/v1/experiments/" + unit + "-" + kind + "/report").json(),
        report -> report.path("log").path("lag").asLong(-1) == 0);
    assertReportEquals(history, kind);
  }

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void readsWhatTheCloudEventsSdkWritesToKafka(Encoding encoding) {
    String kind = "continuous";
    History history = new History("kafka-" + encoding, "user", kind, START, 11);
    EventMaps.start(SERVICE.client(), history.definition());
    history.addUnits(200);
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", SERVICE.place().bootstrapServers());
    settings.put(CloudEventSerializer.ENCODING_CONFIG, encoding);
    if (encoding == Encoding.STRUCTURED) {
      settings.put(CloudEventSerializer.EVENT_FORMAT_CONFIG, JsonFormat.CONTENT_TYPE);
    }
    CloudEventSerializer serializer = new CloudEventSerializer();
    serializer.configure(settings, false);
    settings.remove(CloudEventSerializer.ENCODING_CONFIG);
    settings.remove(CloudEventSerializer.EVENT_FORMAT_CONFIG);
    try (KafkaProducer<String, CloudEvent> producer =
        new KafkaProducer<>(settings, new StringSerializer(), serializer)) {
      for (Map<String, Object> event : duplicatedAndShuffled(history.events())) {
        // Keyed by the unit, as the topic's contract asks.
        Map<?, ?> data = (Map<?, ?>) Objects.requireNonNull(event.get("data"));
        var _ =
            producer.send(
                new ProducerRecord<>(SERVICE.topic(), (String) data.get("unit"), sdkEvent(event)));
      }
      producer.flush();
    }
    assertReportEquals(history, kind);
  }

  @Test
  void creditsAnOutcomeToEveryExperimentTheUnitIsIn() {
    JsonClient client = SERVICE.client();
    for (String key : List.of("first-of-two", "second-of-two")) {
      EventMaps.start(
          client,
          EventMaps.experiment(key, "user", EventMaps.metric("shared", "binary"), Map.of()));
    }
    send(
        client,
        List.of(
            EventMaps.exposure("s1", START, "first-of-two", "a", "u"),
            EventMaps.exposure("s2", START, "second-of-two", "b", "u"),
            EventMaps.outcome("s3", START.plusSeconds(1), "u", "shared", 1)));
    assertThat(awaitResponders("first-of-two", 1).path("arms").path(0).path("sum").asInt())
        .isEqualTo(1);
    assertThat(awaitResponders("second-of-two", 1).path("arms").path(1).path("sum").asInt())
        .isEqualTo(1);
  }

  @Test
  void creditsAnOutcomeThatArrivesBeforeItsExposure() {
    JsonClient client = SERVICE.client();
    EventMaps.start(
        client,
        EventMaps.experiment("early", "user", EventMaps.metric("early-m", "count"), Map.of()));
    send(client, List.of(EventMaps.outcome("x1", START.plusSeconds(9), "u", "early-m", 3)));
    Await.until(
        () -> client.get("/v1/experiments/early/report").json(),
        report -> report.path("events").path("outcomes").asInt() == 1);
    send(client, List.of(EventMaps.exposure("x2", START, "early", "b", "u")));
    assertThat(awaitResponders("early", 1).path("arms").path(1).path("sum").asInt()).isEqualTo(3);
  }

  @Test
  void countsARequestWhoseLateOutcomeCameFirst() {
    JsonClient client = SERVICE.client();
    EventMaps.start(
        client,
        EventMaps.experiment(
            "late-first",
            "request",
            EventMaps.metric("late-m", "binary"),
            Map.of("attributionWindow", "PT1H")));
    Map<String, Object> data =
        Map.of(
            "experiment",
            "late-first",
            "arm",
            "a",
            "unit",
            "r",
            "metric",
            "late-m",
            "exposedAt",
            START.toString());
    send(client, List.of(EventMaps.outcome("l1", START.plusSeconds(3_600), data)));
    Await.until(
        () -> client.get("/v1/experiments/late-first/report").json(),
        report -> report.path("events").path("late").asInt() == 1);
    send(client, List.of(EventMaps.exposure("l2", START, "late-first", "a", "r")));
    send(client, List.of(EventMaps.outcome("l3", START.plusSeconds(3_599), data)));
    JsonNode arm = awaitResponders("late-first", 1).path("arms").path(0);
    assertThat(arm.path("units").asInt()).isEqualTo(1);
  }

  @Test
  void goesOnLearningWhenARequestIsReportedUnderTwoArms() {
    JsonClient client = SERVICE.client();
    EventMaps.start(
        client,
        EventMaps.experiment("two-arms", "request", EventMaps.metric("two-m", "binary"), Map.of()));
    send(
        client,
        List.of(
            EventMaps.exposure("t1", START, "two-arms", "a", "r"),
            EventMaps.outcome(
                "t2",
                START.plusSeconds(1),
                Map.of("experiment", "two-arms", "arm", "b", "unit", "r", "metric", "two-m"))));
    JsonNode arms = awaitResponders("two-arms", 1).path("arms");
    assertThat(arms.path(0).path("units").asInt()).isEqualTo(1);
    assertThat(arms.path(1).path("units").asInt()).isEqualTo(1);
  }

  @Test
  void losesNothingWhenTheServiceIsRestartedInTheMiddle() {
    History history = new History("restarted", "user", "count", START, 13);
    EventMaps.start(SERVICE.client(), history.definition());
    history.addUnits(600);
    List<Map<String, Object>> events = duplicatedAndShuffled(history.events());
    send(SERVICE.client(), events.subList(0, events.size() / 2));
    SERVICE.restart();
    send(SERVICE.client(), events.subList(events.size() / 2, events.size()));
    assertReportEquals(history, "count");
  }

  private static JsonNode awaitResponders(String experiment, int responders) {
    return Await.until(
        () -> SERVICE.client().get("/v1/experiments/" + experiment + "/report").expect(200).json(),
        report -> sum(report, "responders") == responders);
  }

  private static long sum(JsonNode report, String field) {
    long sum = 0;
    for (JsonNode arm : report.path("arms")) {
      sum += arm.path(field).asLong();
    }
    return sum;
  }

  private static List<Map<String, Object>> duplicatedAndShuffled(List<Map<String, Object>> events) {
    Random random = new Random(3);
    List<Map<String, Object>> all = new ArrayList<>(events);
    events.stream().filter(event -> random.nextInt(5) == 0).forEach(all::add);
    Collections.shuffle(all, random);
    return all;
  }

  private static void send(JsonClient client, List<Map<String, Object>> events) {
    for (int from = 0; from < events.size(); from += 250) {
      List<Map<String, Object>> batch = events.subList(from, Math.min(events.size(), from + 250));
      JsonNode receipt =
          Await.until(() -> client.post("/v1/events", batch), answer -> answer.status() != 503)
              .expect(202)
              .json();
      assertThat(receipt.path("rejected")).isEmpty();
      assertThat(receipt.path("accepted").asInt()).isEqualTo(batch.size());
    }
  }

  private static CloudEvent sdkEvent(Map<String, Object> event) {
    return CloudEventBuilder.v1()
        .withId((String) event.get("id"))
        .withSource(URI.create((String) event.get("source")))
        .withType((String) event.get("type"))
        .withTime(OffsetDateTime.parse((String) event.get("time")))
        .withDataContentType("application/json")
        .withData(text(Objects.requireNonNull(event.get("data"))).getBytes(StandardCharsets.UTF_8))
        .build();
  }

  private static String text(Object json) {
    return StrictJson.write(json);
  }

  /** Waits for the last unit, then holds every sum and the posterior against the count. */
  private static void assertReportEquals(History history, String kind) {
    String experiment = String.valueOf(history.definition().get("key"));
    long units = history.count(0).units + history.count(1).units;
    JsonNode report =
        Await.until(
            () ->
                SERVICE
                    .client()
                    .get("/v1/experiments/" + experiment + "/report")
                    .expect(200)
                    .json(),
            r ->
                sum(r, "units") == units
                    && r.path("log").path("lag").asLong(1) == 0
                    && equalSums(r, history));
    for (int arm = 0; arm < 2; arm++) {
      History.Count count = history.count(arm);
      JsonNode reported = report.path("arms").path(arm);
      assertThat(reported.path("units").asLong()).isEqualTo(count.units);
      assertThat(reported.path("responders").asLong()).isEqualTo(count.responders);
      assertThat(parameters(reported)).isEqualTo(expectedParameters(kind, count));
    }
  }

  private static boolean equalSums(JsonNode report, History history) {
    for (int arm = 0; arm < 2; arm++) {
      JsonNode reported = report.path("arms").path(arm);
      History.Count count = history.count(arm);
      if (new BigDecimal(reported.path("sum").asText("0")).compareTo(count.sum) != 0
          || new BigDecimal(reported.path("sumOfSquares").asText("0")).compareTo(count.sumOfSquares)
              != 0) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, Double> parameters(JsonNode arm) {
    Map<String, Double> parameters = new HashMap<>();
    arm.path("posterior")
        .path("parameters")
        .properties()
        .forEach(entry -> parameters.put(entry.getKey(), entry.getValue().asDouble()));
    return parameters;
  }

  private static Map<String, Double> expectedParameters(String kind, History.Count count) {
    return switch (kind) {
      case "binary" -> {
        var posterior =
            new BetaPrior(1, 1)
                .posterior(new BernoulliEvidence(count.units, count.sum.doubleValue()));
        yield Map.of("alpha", posterior.alpha(), "beta", posterior.beta());
      }
      case "count" -> {
        var posterior =
            new GammaPrior(1, 1e-3)
                .posterior(new CountEvidence(count.sum.doubleValue(), count.units));
        yield Map.of("shape", posterior.shape(), "rate", posterior.rate());
      }
      default -> {
        ExactSums sums = new ExactSums(count.units, count.sum, count.sumOfSquares);
        StudentTPosterior posterior =
            new NormalInverseGammaPrior(0, 1e-3, 1e-3, 1e-3).posterior(sums.moments());
        yield Map.of(
            "df",
            posterior.degreesOfFreedom(),
            "location",
            posterior.location(),
            "scale",
            posterior.scale());
      }
    };
  }
}
