package io.armwise.service.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.event.EventReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Visitors of the demo. They come through the public API, their outcomes follow some seconds after
 * they have seen an arm, and some events are sent twice, as real senders do.
 *
 * <p>Owned by one thread.
 */
final class DemoTraffic {
  private static final Duration ROUND = Duration.ofMillis(250);
  private static final double REPEATED = 0.03;
  private static final double LONGEST_DELAY_SECONDS = 6;

  private final ServiceApi api;
  private final List<DemoExperiment> experiments;
  private final String run;
  private final SplittableRandom random;
  private final PriorityQueue<Later> later = new PriorityQueue<>(Comparator.comparing(Later::due));
  private long visitors;

  /**
   * @param run keeps the visitors of this run apart from those of earlier runs
   */
  DemoTraffic(ServiceApi api, List<DemoExperiment> experiments, String run, long seed) {
    this.api = api;
    this.experiments = List.copyOf(experiments);
    this.run = run;
    this.random = new SplittableRandom(seed);
  }

  /** An event that is sent when its time has come. */
  private record Later(Instant due, String event) {}

  /** Creates the experiments, or finds them as an earlier demo has left them. */
  void createExperiments() {
    for (DemoExperiment experiment : experiments) {
      api.start(experiment.key(), experiment.definition());
    }
  }

  /** Lets visitors come while {@code wanted}; returns after the last outcome that is due. */
  void drive(BooleanSupplier wanted) {
    try (EventSender sender = new EventSender(api, count -> {})) {
      Instant due = Instant.now();
      while (wanted.getAsBoolean()) {
        for (DemoExperiment experiment : experiments) {
          admit(experiment, sender);
        }
        sendDue(sender);
        sender.flush();
        due = due.plus(ROUND);
        Instant now = Instant.now();
        if (due.isBefore(now.minus(ROUND))) {
          due = now; // after a pause visitors do not come all at once
        }
        LockSupport.parkNanos(Math.max(0, Duration.between(now, due).toNanos()));
      }
    }
  }

  private void admit(DemoExperiment experiment, EventSender sender) {
    int count =
        (int)
            Math.round(
                experiment.visitorsPerSecond()
                    * (ROUND.toMillis() / 1e3)
                    * (0.5 + random.nextDouble()));
    if (count == 0) {
      return;
    }
    List<String> units = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      units.add(run + "/" + visitors++);
    }
    for (JsonNode decision : api.decide(experiment.key(), units)) {
      visit(experiment, decision, sender);
    }
  }

  private void visit(DemoExperiment experiment, JsonNode decision, EventSender sender) {
    String token = decision.path("token").asText();
    if (token.isEmpty()) {
      return; // paused, or outside the experiment's traffic: nothing is learned
    }
    Instant now = Instant.now();
    send(sender, event(EventReader.EXPOSURE, "e/" + token, now, token, ""));
    DemoExperiment.Draw draw = experiment.truths().get(decision.path("arm").asText());
    double value = draw == null ? 0 : draw.next(random);
    if (value != 0) {
      Instant happens =
          now.plusMillis((long) (1_000 * LONGEST_DELAY_SECONDS * random.nextDouble()));
      String data =
          ",\"metric\":\"%s\",\"value\":%s"
              .formatted(experiment.metric(), BigDecimal.valueOf(value).toPlainString());
      later.add(new Later(happens, event(EventReader.OUTCOME, "o/" + token, happens, token, data)));
    }
  }

  private void sendDue(EventSender sender) {
    Instant now = Instant.now();
    for (Later first = later.peek();
        first != null && !first.due().isAfter(now);
        first = later.peek()) {
      later.poll();
      send(sender, first.event());
    }
  }

  private void send(EventSender sender, String event) {
    sender.add(event);
    if (random.nextDouble() < REPEATED) {
      sender.add(event);
    }
  }

  private static String event(String type, String id, Instant at, String token, String data) {
    return "{\"specversion\":\"1.0\",\"source\":\"/demo\",\"id\":\"%s\",\"type\":\"%s\",\"time\":\"%s\",\"data\":{\"decision\":\"%s\"%s}}"
        .formatted(id, type, at, token, data);
  }
}
