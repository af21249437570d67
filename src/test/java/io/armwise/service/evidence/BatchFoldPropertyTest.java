package io.armwise.service.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.bandits.allocation.AllocationConstraints;
import io.armwise.bandits.allocation.AllocationRule;
import io.armwise.bandits.allocation.FixedSplit;
import io.armwise.bandits.assignment.Slots;
import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.experiment.Aggregation;
import io.armwise.bandits.experiment.Arm;
import io.armwise.bandits.experiment.DecisionRule;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.bandits.experiment.ExposureTrigger;
import io.armwise.bandits.experiment.LearnFrom;
import io.armwise.bandits.experiment.Measurement;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.experiment.MetricRole;
import io.armwise.bandits.experiment.Participation;
import io.armwise.bandits.experiment.RandomizationUnit;
import io.armwise.bandits.experiment.SideMetric;
import io.armwise.bandits.experiment.TargetingRule;
import io.armwise.bandits.experiment.UnitValue;
import io.armwise.posterior.BetaPrior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.NormalInverseGammaPrior;
import io.armwise.posterior.Prior;
import io.armwise.service.event.Event;
import io.armwise.service.event.Event.ArmReference;
import io.armwise.service.evidence.BatchFold.StoredState;
import io.armwise.service.evidence.BatchFold.UnitKey;
import io.armwise.service.evidence.PreparedBatch.Item;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentDocument;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * The aggregator's arithmetic against a model of its database: any order, batching and duplication
 * of a history gives the states and the evidence of a plain fold of all of it at once.
 */
class BatchFoldPropertyTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(30);
  private static final TargetingRule GERMAN = TargetingRule.of("attributes.country == 'DE'");

  /** What the database would hold: ids, states and sums, moved by one batch after another. */
  private static final class Model {
    final Set<UUID> seen = new HashSet<>();
    final Map<UnitKey, StoredState> states = new HashMap<>();
    final Map<EvidenceKey, EvidenceSums> evidence = new HashMap<>();

    void apply(List<Item> items) {
      PreparedBatch batch = new PreparedBatch(Map.of(), items, List.of(), List.of());
      Set<UUID> counted = new HashSet<>(batch.ids().own());
      counted.addAll(batch.ids().proven());
      counted.removeIf(seen::add);
      Map<UnitKey, StoredState> needed = new HashMap<>(states);
      needed.keySet().retainAll(BatchFold.unitKeys(batch));
      BatchFold fold = new BatchFold(batch, counted, needed);
      fold.fold();
      states.putAll(fold.changedStates());
      fold.evidence()
          .forEach(
              (key, difference) ->
                  evidence.computeIfAbsent(key, _ -> new EvidenceSums()).add(difference));
    }

    Map<UnitKey, UnitState> plainStates() {
      Map<UnitKey, UnitState> plain = new HashMap<>();
      states.forEach((key, stored) -> plain.put(key, stored.state()));
      return plain;
    }

    Map<EvidenceKey, EvidenceFigures> plainEvidence() {
      Map<EvidenceKey, EvidenceFigures> plain = new HashMap<>();
      evidence.forEach(
          (key, sums) -> {
            if (!sums.isZero()) {
              plain.put(key, EvidenceFigures.of(sums));
            }
          });
      return plain;
    }
  }

  @Property(tries = 300)
  void givesThePlainFoldInAnyOrderBatchingAndDuplication(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int events,
      @ForAll @IntRange(min = 1, max = 20) int batchSize) {
    Random random = new Random(seed);
    Experiment users = experiment(1, "user");
    Experiment requests = experiment(2, "request");
    List<Item> history = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      history.add(random.nextBoolean() ? ofUser(users, i, random) : ofRequest(requests, i, random));
    }
    Model plain = new Model();
    plain.apply(history);

    List<Item> log = new ArrayList<>(history);
    history.stream().filter(item -> random.nextInt(3) == 0).forEach(log::add);
    Collections.shuffle(log, random);
    Model batched = new Model();
    for (int from = 0; from < log.size(); from += batchSize) {
      batched.apply(log.subList(from, Math.min(log.size(), from + batchSize)));
    }
    assertThat(batched.plainStates()).isEqualTo(plain.plainStates());
    assertThat(batched.plainEvidence()).isEqualTo(plain.plainEvidence());
  }

  private static Item ofUser(Experiment live, int number, Random random) {
    UnitHash unit = UnitHash.of("user-" + random.nextInt(4));
    Instant at = START.plus(Duration.ofMinutes(random.nextInt(90)));
    UUID id = new UUID(7, number);
    int kind = random.nextInt(20);
    if (kind < 8) {
      int arm = random.nextInt(2);
      long share = random.nextInt(1, 1_000) * 1_000_000L;
      ArmReference reference = new ArmReference.ByName("user", arm == 0 ? "a" : "b", share);
      Map<String, BigDecimal> before =
          kind % 3 == 0
              ? Map.of()
              : Map.of("past", BigDecimal.valueOf(random.nextInt(100)), "unasked", BigDecimal.ONE);
      return item(new Event.Exposure(id, at, unit, reference, before), live, arm, share);
    }
    if (kind < 16) {
      BigDecimal value = BigDecimal.valueOf(random.nextInt(-500, 500), 2);
      String name = random.nextInt(3) == 0 ? "seen" : "m";
      Map<String, Object> attributes =
          kind % 2 == 0 ? Map.of() : Map.of("country", kind % 4 == 1 ? "DE" : "FR");
      return item(
          new Event.Outcome(id, at, unit, null, null, name, value, null, attributes), live, -1, 0);
    }
    // Of an outcome that may come later, or never; rarely of the whole unit.
    UUID retracted = kind == 19 && unit.first() % 2 == 0 ? null : new UUID(7, random.nextInt(60));
    return item(new Event.Retraction(id, at, unit, null, null, retracted), live, -1, 0);
  }

  /** What a caller says of one request never contradicts itself; some outcomes are late. */
  private static Item ofRequest(Experiment live, int number, Random random) {
    int request = random.nextInt(8);
    UnitHash unit = UnitHash.of("request-" + request);
    Instant exposedAt = START.plus(Duration.ofMinutes(11L * request));
    int arm = request % 2;
    long share = (request + 1) * 100_000_000L;
    ArmReference reference = new ArmReference.ByName("request", arm == 0 ? "a" : "b", share);
    UUID id = new UUID(8, number);
    Event event =
        switch (random.nextInt(3)) {
          case 0 -> new Event.Exposure(id, exposedAt, unit, reference);
          case 1 ->
              new Event.Outcome(
                  id,
                  exposedAt.plusSeconds(60),
                  unit,
                  reference,
                  null,
                  "m",
                  BigDecimal.valueOf(request + 1, 1),
                  exposedAt);
          default ->
              new Event.Outcome(
                  id,
                  exposedAt.plus(WINDOW),
                  unit,
                  reference,
                  null,
                  "m",
                  BigDecimal.TEN,
                  exposedAt);
        };
    return item(event, live, arm, share);
  }

  private static Item item(Event event, Experiment live, int arm, long share) {
    int partition = (int) Math.floorMod(event.unit().first(), 3L);
    // Some come in long after the window, a few after the grace.
    Duration delay = Duration.ofMinutes(Math.floorMod(event.id().getLeastSignificantBits(), 150));
    LogRecord origin = new LogRecord(partition, 0, START.plus(delay), null, null);
    return Item.of(origin, event, List.of(live), arm, share);
  }

  private static Experiment experiment(int id, String unit) {
    ExperimentDefinition definition =
        new ExperimentDefinition(
            unit,
            unit,
            "",
            "",
            List.of(new Arm("a", "a", "1", true, false), new Arm("b", "b", "2", false, false)),
            new RandomizationUnit(unit),
            metric("m", MetricKind.CONTINUOUS, UnitValue.sumOf("m")),
            new AllocationRule(FixedSplit.equal(2), AllocationConstraints.NONE),
            Duration.ofSeconds(30),
            WINDOW,
            new DecisionRule(1, 0, 1, 0.05),
            ExposureTrigger.EVENT,
            1,
            Slots.of(16),
            Participation.EVERYBODY,
            new Measurement(sides(unit), LearnFrom.ALL, Duration.ofMinutes(60)));
    ExperimentDocument document =
        new ExperimentDocument(
            unit, null, null, null, unit, null, null, null, null, null, null, null, null, null,
            null, null, null);
    return new Experiment(
        id, ExperimentStatus.RUNNING, 1, document, definition, START, START, START, null, null);
  }

  /** A metric of each kind. */
  private static List<SideMetric> sides(String unit) {
    List<SideMetric> sides = new ArrayList<>();
    for (Aggregation aggregation : Aggregation.values()) {
      String key = aggregation.name().toLowerCase(Locale.ROOT);
      UnitValue capped = new UnitValue("m", aggregation, BigDecimal.valueOf(3));
      MetricKind kind = aggregation == Aggregation.ANY ? MetricKind.BINARY : MetricKind.CONTINUOUS;
      sides.add(new SideMetric.Mean(MetricRole.SECONDARY, metric(key, kind, capped)));
    }
    UnitValue german = new UnitValue("m", Aggregation.SUM, null, GERMAN);
    sides.add(
        new SideMetric.Mean(MetricRole.SECONDARY, metric("german", MetricKind.CONTINUOUS, german)));
    if (!unit.equals("request")) {
      sides.add(
          new SideMetric.Mean(
              MetricRole.SECONDARY,
              new Metric(
                  "with-past",
                  MetricKind.CONTINUOUS,
                  Direction.INCREASE,
                  new NormalInverseGammaPrior(0, 1, 1, 1),
                  0.5,
                  german,
                  "past")));
      sides.add(
          new SideMetric.Ratio(
              MetricRole.GUARDRAIL,
              "ratio",
              Direction.DECREASE,
              UnitValue.sumOf("m"),
              UnitValue.sumOf("seen"),
              0.1));
    }
    return sides;
  }

  private static Metric metric(String key, MetricKind kind, UnitValue value) {
    Prior<?> prior =
        kind == MetricKind.BINARY ? new BetaPrior(1, 1) : new NormalInverseGammaPrior(0, 1, 1, 1);
    return new Metric(key, kind, Direction.INCREASE, prior, 0.5, value);
  }
}
