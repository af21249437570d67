package io.armwise.service.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.posterior.ExactSums;
import io.armwise.service.evidence.EvidenceStore.ArmSums;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.platform.database.Database;
import io.armwise.service.testing.ServiceUnderTest;
import io.micronaut.context.ApplicationContext;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Events of one experiment with arms {@code a} and {@code b} and a continuous metric of the
 * experiment's own name, as a careless producer sends them: out of order, one in ten twice, one in
 * ten under the wrong key and so perhaps in another partition, one in a hundred no event at all.
 * Beside them what they must add up to, computed from the units and not from the events.
 *
 * @param records as they go to the log
 * @param sums of arms a and b
 * @param exposures how many exposures are sent, repeats included
 * @param outcomes how many different outcomes there are
 * @param repeats how many outcomes are sent a second time
 * @param poison how many records are no event
 */
record Backlog(
    List<Sent> records,
    List<ExactSums> sums,
    int exposures,
    int outcomes,
    int repeats,
    int poison) {
  static final Duration WINDOW = Duration.ofHours(1);
  private static final String EXPOSURE = "io.armwise.exposure.v1";

  /** A record. */
  record Sent(byte[] key, byte[] value) {}

  static Backlog of(String experiment, int units, long seed) {
    return new Builder(experiment, new Random(seed)).build(units);
  }

  /**
   * The same where each decision is a unit of its own: an exposure and often an outcome, either of
   * which may come first or be missing.
   */
  static Backlog ofRequests(String experiment, int requests, long seed) {
    return new Builder(experiment, new Random(seed)).buildRequests(requests);
  }

  private static final class Builder {
    private final String experiment;
    private final Random random;
    private final Instant start = Instant.now().minus(Duration.ofDays(2));
    private final List<String> events = new ArrayList<>();

    Builder(String experiment, Random random) {
      this.experiment = experiment;
      this.random = random;
    }

    Backlog build(int units) {
      List<ExactSums> sums = new ArrayList<>(List.of(ExactSums.NONE, ExactSums.NONE));
      List<Sent> records = new ArrayList<>();
      int repeats = 0;
      int poison = 0;
      int exposures = 0;
      int outcomes = 0;
      for (int unit = 0; unit < units; unit++) {
        events.clear();
        int arm = random.nextInt(2);
        sums.set(arm, sums.get(arm).merge(ExactSums.of(unit(unit, arm))));
        for (String event : events) {
          int times = random.nextInt(10) == 0 ? 2 : 1;
          if (event.contains(EXPOSURE)) {
            exposures += times;
          } else {
            outcomes++;
            repeats += times - 1;
          }
          for (int i = 0; i < times; i++) {
            records.add(new Sent(key(unit), event.getBytes(StandardCharsets.UTF_8)));
          }
          if (random.nextInt(100) == 0) {
            poison++;
            records.add(new Sent(key(unit), "{\"specversion\": ".getBytes(StandardCharsets.UTF_8)));
          }
        }
      }
      Collections.shuffle(records, random);
      return new Backlog(records, sums, exposures, outcomes, repeats, poison);
    }

    Backlog buildRequests(int requests) {
      List<ExactSums> sums = new ArrayList<>(List.of(ExactSums.NONE, ExactSums.NONE));
      List<Sent> records = new ArrayList<>();
      for (int request = 0; request < requests; request++) {
        events.clear();
        int arm = random.nextInt(2);
        sums.set(arm, sums.get(arm).merge(ExactSums.of(request(request, arm))));
        // Which of both events counts as the exposure is told by the log only within a partition.
        byte[] ofBoth = key(request);
        for (String event : events) {
          for (int times = random.nextInt(10) == 0 ? 2 : 1; times > 0; times--) {
            byte[] key = events.size() == 1 ? key(request) : ofBoth;
            records.add(new Sent(key, event.getBytes(StandardCharsets.UTF_8)));
          }
        }
      }
      Collections.shuffle(records, random);
      return new Backlog(records, sums, 0, 0, 0, 0);
    }

    /** Makes a request's events and returns its value. */
    private BigDecimal request(int request, int arm) {
      Instant exposed = start.plusMillis(random.nextInt(80_000_000));
      int kind = random.nextInt(3);
      if (kind < 2) {
        exposure(request, arm, exposed);
      }
      if (kind == 0) {
        return BigDecimal.ZERO;
      }
      BigDecimal amount = BigDecimal.valueOf(random.nextInt(2_000_000) - 500_000, 3);
      event(
          "io.armwise.outcome.v1",
          exposed.plusSeconds(60),
          "\"unit\":\"u%d\",\"experiment\":\"%s\",\"arm\":\"%s\",\"propensity\":0.5,\"exposedAt\":\"%s\",\"metric\":\"%2$s\",\"value\":%s"
              .formatted(
                  request, experiment, arm == 0 ? "a" : "b", exposed, amount.toPlainString()));
      return amount;
    }

    private byte[] key(int unit) {
      int key = random.nextInt(10) == 0 ? random.nextInt() : unit;
      return ("unit " + key).getBytes(StandardCharsets.UTF_8);
    }

    /** Makes a unit's events and returns its value. */
    private BigDecimal unit(int unit, int arm) {
      Instant exposed = start.plusMillis(random.nextInt(80_000_000));
      exposure(unit, arm, exposed);
      if (random.nextInt(20) == 0) {
        exposure(unit, 1 - arm, exposed.plusMillis(1 + random.nextInt(1_000_000)));
      }
      BigDecimal value = BigDecimal.ZERO;
      for (int outcomes = random.nextInt(4); outcomes > 0; outcomes--) {
        BigDecimal amount = BigDecimal.valueOf(random.nextInt(2_000_000) - 500_000, 3);
        // From half a window before the exposure, which does not count, to half one after its end.
        long offsetMs = random.nextLong(-WINDOW.toMillis() / 2, WINDOW.toMillis() * 3 / 2);
        outcome(unit, amount, exposed.plusMillis(offsetMs));
        if (offsetMs >= 0 && offsetMs < WINDOW.toMillis()) {
          value = value.add(amount);
        }
      }
      return value;
    }

    private void exposure(int unit, int arm, Instant time) {
      event(
          EXPOSURE,
          time,
          "\"unit\":\"u%d\",\"experiment\":\"%s\",\"arm\":\"%s\",\"propensity\":0.5"
              .formatted(unit, experiment, arm == 0 ? "a" : "b"));
    }

    private void outcome(int unit, BigDecimal value, Instant time) {
      event(
          "io.armwise.outcome.v1",
          time,
          "\"unit\":\"u%d\",\"metric\":\"%s\",\"value\":%s"
              .formatted(unit, experiment, value.toPlainString()));
    }

    private void event(String type, Instant time, String data) {
      events.add(
          "{\"specversion\":\"1.0\",\"type\":\"%s\",\"source\":\"%s\",\"id\":\"%d\",\"time\":\"%s\",\"data\":{%s}}"
              .formatted(type, experiment, random.nextLong(), time, data));
    }
  }

  /** Fails unless the service has counted what the events add up to, to the last digit. */
  void requireSums(ServiceUnderTest service, String experiment) {
    ApplicationContext beans = service.context();
    int id = beans.getBean(ExperimentStore.class).find(experiment).orElseThrow().id();
    List<ExactSums> counted =
        beans
            .getBean(EvidenceStore.class)
            .sums(beans.getBean(Database.class).dsl(), id, experiment, 2, Integer.MAX_VALUE)
            .stream()
            .map(ArmSums::total)
            .toList();
    for (int arm = 0; arm < 2; arm++) {
      ExactSums expected = sums.get(arm);
      assertThat(counted.get(arm).count()).as("units of arm %d", arm).isEqualTo(expected.count());
      assertThat(counted.get(arm).sum())
          .as("sum of arm %d", arm)
          .isEqualByComparingTo(expected.sum());
      assertThat(counted.get(arm).sumOfSquares())
          .as("squares of arm %d", arm)
          .isEqualByComparingTo(expected.sumOfSquares());
    }
  }

  /** Sends all records and returns when the broker has them. */
  void send(String bootstrapServers, String topic) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "20"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (Sent sent : records) {
        var _ = producer.send(new ProducerRecord<>(topic, sent.key(), sent.value()));
      }
      producer.flush();
    }
  }
}
