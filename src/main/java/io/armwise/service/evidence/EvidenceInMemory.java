package io.armwise.service.evidence;

import io.armwise.posterior.ExactSums;
import io.armwise.service.event.EventReader;
import io.armwise.service.evidence.BatchFold.Arrival;
import io.armwise.service.evidence.BatchFold.CountKey;
import io.armwise.service.evidence.BatchFold.StoredState;
import io.armwise.service.evidence.BatchFold.UnitKey;
import io.armwise.service.evidence.PreparedBatch.Rejected;
import io.armwise.service.experiment.StartedExperiments;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of a log, made by the aggregator's own classes but kept in memory: what the database
 * should hold. About 350 bytes per unit and 80 per event. Owned by one thread.
 *
 * <p>Sums and counts are over all partitions: through which partition a change of a unit came
 * depends on who read first when its events lie in several; the sums do not.
 */
public final class EvidenceInMemory {
  /** In the place of a partition where sums are over all of them. */
  static final int ALL_PARTITIONS = -1;

  private final EventReader reader;
  private final Set<UUID> ids = new HashSet<>();
  private final Map<UnitKey, byte[]> states = new HashMap<>();
  private final Map<EvidenceFigures.Place, EvidenceSums> sums = new HashMap<>();
  private final Map<CountKey, Long> counts = new HashMap<>();
  private final Map<Arrival, Long> arrivals = new HashMap<>();
  private final Map<LogPlace, Rejected> rejected = new HashMap<>();

  /**
   * A kind of event of an experiment.
   *
   * @param experiment key, empty where none is named
   * @param kind what is counted
   */
  public record Tally(String experiment, String kind) {}

  /** A record's place in the log. */
  public record LogPlace(int partition, long offset) {}

  /** An arm of an experiment. */
  public record ArrivedPlace(int experiment, int arm) {}

  /**
   * What arrived.
   *
   * @param units that came by a decision of this arm
   * @param expected by the shares in force, in units of 2^-32
   * @param variance of that, in units of 2^-64
   */
  public record ArrivedFigures(long units, BigDecimal expected, BigDecimal variance) {}

  /** Nothing yet. */
  public EvidenceInMemory(EventReader reader) {
    this.reader = reader;
  }

  /** Adds records, in the order of each partition. */
  public void fold(Iterable<ConsumerRecord<byte[], byte[]>> records, StartedExperiments started) {
    PreparedBatch batch = PreparedBatch.of(LogRecord.all(records), Map.of(), reader, started);
    Set<UUID> counted = batch.ids();
    counted.removeIf(ids::add);
    Map<UnitKey, StoredState> known = new HashMap<>();
    for (UnitKey unit : BatchFold.unitKeys(batch)) {
      byte[] state = states.get(unit);
      if (state != null) {
        known.put(unit, new StoredState(0, UnitStateBytes.decode(state)));
      }
    }
    BatchFold fold = new BatchFold(batch, counted, known);
    fold.fold();
    fold.changedStates()
        .forEach((unit, state) -> states.put(unit, UnitStateBytes.encode(state.state())));
    fold.evidence()
        .forEach(
            (key, change) ->
                sums.computeIfAbsent(
                        new EvidenceFigures.Place(
                            key.experiment(), key.arm(), key.metric(), key.hour()),
                        place -> new EvidenceSums())
                    .add(change));
    fold.counts().forEach((key, count) -> counts.merge(key, count, Long::sum));
    fold.arrivals().forEach((key, count) -> arrivals.merge(key, count, Long::sum));
    fold.rejected()
        .forEach(
            refused ->
                rejected.putIfAbsent(
                    new LogPlace(refused.origin().partition(), refused.origin().offset()),
                    refused));
  }

  /** The sums by arm and hour, rows of zeros left out. */
  public Map<EvidenceFigures.Place, EvidenceFigures> figures() {
    Map<EvidenceFigures.Place, EvidenceFigures> figures = new HashMap<>();
    sums.forEach(
        (place, sum) -> {
          if (!sum.isZero()) {
            figures.put(place, EvidenceFigures.of(sum));
          }
        });
    return figures;
  }

  /**
   * An experiment's sums per arm, in slot order.
   *
   * @param exposedBefore over units exposed before this hour (since 1970)
   */
  public List<ExactSums> arms(int experiment, String metric, int arms, int exposedBefore) {
    List<ExactSums> totals = new ArrayList<>(Collections.nCopies(arms, ExactSums.NONE));
    Map<Integer, EvidenceSums> byArm = new HashMap<>();
    sums.forEach(
        (place, sum) -> {
          if (place.experiment() == experiment
              && place.metric().equals(metric)
              && place.hour() < exposedBefore) {
            byArm.computeIfAbsent(place.arm(), arm -> new EvidenceSums()).add(sum);
          }
        });
    byArm.forEach(
        (arm, sum) -> totals.set(arm, new ExactSums(sum.units, sum.sum, sum.sumOfSquares)));
    return totals;
  }

  /** The bytes of a unit's state; null if it has none. */
  public byte @Nullable [] state(int experiment, UUID unit) {
    return states.get(new UnitKey(experiment, unit));
  }

  /** How many units of this experiment have a state; of all if it is null. */
  public long states(@Nullable Integer experiment) {
    return experiment == null
        ? states.size()
        : states.keySet().stream().filter(unit -> unit.experiment() == experiment).count();
  }

  /**
   * Forgets states.
   *
   * @param units of these units
   * @param experiments of all units in these
   */
  public void forget(Set<UUID> units, Set<Integer> experiments) {
    states
        .keySet()
        .removeIf(key -> units.contains(key.unit()) || experiments.contains(key.experiment()));
  }

  /** Whether this id has been counted. */
  public boolean hasId(UUID id) {
    return ids.contains(id);
  }

  /** How many ids have been counted. */
  public long ids() {
    return ids.size();
  }

  /** How often each kind of event came, by experiment. */
  public Map<Tally, Long> counts() {
    Map<Tally, Long> tallies = new HashMap<>();
    counts.forEach(
        (key, count) ->
            tallies.merge(new Tally(key.experiment(), key.kind().text()), count, Long::sum));
    return tallies;
  }

  /** The refused records with the reason's code. */
  public Map<LogPlace, String> rejected() {
    Map<LogPlace, String> codes = new HashMap<>();
    rejected.forEach((place, refused) -> codes.put(place, refused.refused().code().json()));
    return codes;
  }

  /** What arrived, and what the shares promised, with the versions that the database has. */
  public Map<ArrivedPlace, ArrivedFigures> arrivals(DSLContext transaction) {
    return Arrivals.expected(transaction, arrivals);
  }

  Map<UnitKey, byte[]> rawStates() {
    return states;
  }

  Set<UUID> rawIds() {
    return ids;
  }

  Map<CountKey, Long> rawCounts() {
    return counts;
  }

  Map<Arrival, Long> rawArrivals() {
    return arrivals;
  }

  Map<LogPlace, Rejected> rawRejected() {
    return rejected;
  }

  /** The sums of some experiments as rows of no partition of their own. */
  Map<EvidenceKey, EvidenceSums> rawSums(Set<Integer> experiments) {
    Map<EvidenceKey, EvidenceSums> rows = new HashMap<>();
    sums.forEach(
        (place, sum) -> {
          if (experiments.contains(place.experiment())) {
            rows.put(
                new EvidenceKey(
                    place.experiment(), place.arm(), place.metric(), place.hour(), ALL_PARTITIONS),
                sum);
          }
        });
    return rows;
  }
}
