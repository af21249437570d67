package io.armwise.service.evidence;

import io.armwise.bandits.experiment.Violation;
import io.armwise.bandits.token.DecisionToken;
import io.armwise.service.event.Event;
import io.armwise.service.event.Event.ArmReference;
import io.armwise.service.event.EventCheck;
import io.armwise.service.event.EventCheck.Meaning;
import io.armwise.service.event.EventId;
import io.armwise.service.event.EventReader;
import io.armwise.service.event.EventReading;
import io.armwise.service.event.EventReading.Refused;
import io.armwise.service.event.RejectionCode;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.StartedExperiments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A batch of the log, decoded, checked and sorted by what has to be done, before any transaction
 * opens. Immutable.
 *
 * @param positions per partition what the batch covers
 * @param items what concerns experiments, in the order of the log
 * @param rejected what is refused
 * @param unmeasured outcomes of metrics that nobody measures
 */
record PreparedBatch(
    Map<Integer, Range> positions,
    List<Item> items,
    List<Rejected> rejected,
    List<LogRecord> unmeasured) {

  /**
   * What a batch covers of one partition.
   *
   * @param first the position before the batch
   * @param next the position after it
   */
  record Range(long first, long next) {}

  /**
   * An event with the experiments it concerns.
   *
   * @param arm slot, -1 if the event names none
   * @param share propensity in units of 2^-32, 0 if unknown
   * @param ids what makes a request's event unique; null for units that return, whose states know
   *     their events, and for a late outcome, whose ids must stay free for events that count
   */
  record Item(
      LogRecord origin,
      Event event,
      List<Experiment> experiments,
      int arm,
      long share,
      @Nullable RequestIds ids) {

    static Item of(
        LogRecord origin, Event event, List<Experiment> experiments, int arm, long share) {
      Item item = new Item(origin, event, experiments, arm, share, null);
      return item.isRequest() && !item.isLate()
          ? new Item(origin, event, experiments, arm, share, item.requestIds())
          : item;
    }

    private RequestIds requestIds() {
      int experiment = experiments.getFirst().id();
      return new RequestIds(
          EventId.ofExposure(experiment, arm, event.unit()),
          event instanceof Event.Outcome outcome
              ? EventId.ofOutcome(experiment, outcome.unit(), outcome.metric())
              : null);
    }

    /** Whether the event is about a request: a unit of its own, without a state. */
    boolean isRequest() {
      return experiments.getFirst().definition().unit().isRequest();
    }

    /** When a request was exposed: as its token tells, else as the event says. */
    Instant requestExposedAt() {
      ArmReference reference =
          switch (event) {
            case Event.Exposure exposure -> exposure.reference();
            case Event.Outcome outcome -> outcome.reference();
            case Event.Retraction retraction -> retraction.reference();
          };
      if (reference instanceof ArmReference.ByToken(DecisionToken token)) {
        return Instant.ofEpochMilli(token.decidedAtEpochMs());
      }
      return event instanceof Event.Outcome outcome && outcome.exposedAt() != null
          ? outcome.exposedAt()
          : event.time();
    }

    /** Whether a request's outcome came after its attribution window. */
    boolean isLate() {
      Duration window = experiments.getFirst().definition().attributionWindow();
      return event instanceof Event.Outcome outcome
          && !outcome.time().isBefore(requestExposedAt().plus(window));
    }
  }

  /**
   * What makes a request's event unique.
   *
   * @param exposure of the exposure, which an outcome proves
   * @param outcome of the outcome; null for an exposure
   */
  record RequestIds(UUID exposure, @Nullable UUID outcome) {}

  /** A refused record. */
  record Rejected(LogRecord origin, Refused refused) {}

  static PreparedBatch of(
      List<LogRecord> records,
      Map<Integer, Range> positions,
      EventReader reader,
      StartedExperiments started) {
    List<Item> items = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>();
    List<LogRecord> unmeasured = new ArrayList<>();
    for (LogRecord record : records) {
      byte[] bytes = record.event();
      if (bytes == null) {
        rejected.add(new Rejected(record, empty()));
        continue;
      }
      switch (reader.read(bytes, record.receivedAt())) {
        case Refused refused -> rejected.add(new Rejected(record, refused));
        case EventReading.Understood(Event event) -> {
          switch (EventCheck.check(event, started, record.receivedAt())) {
            case Meaning.Contradicts(Refused refused) ->
                rejected.add(new Rejected(record, refused));
            case Meaning.Nobody() -> unmeasured.add(record);
            case Meaning.Concerns(List<Experiment> experiments, int arm, long share) ->
                items.add(Item.of(record, event, experiments, arm, share));
          }
        }
      }
    }
    return new PreparedBatch(
        Map.copyOf(positions), List.copyOf(items), List.copyOf(rejected), List.copyOf(unmeasured));
  }

  private static Refused empty() {
    return new Refused(RejectionCode.MALFORMED, new Violation("", "must have a value", "nothing"));
  }

  /**
   * The partition under which everything is added up that the batch changes: the lowest of those
   * that it moves on, which nobody else does meanwhile, so that no other worker waits for the same
   * rows. A row per sum, not one for each of the partitions that the batch comes from.
   *
   * @return -1 for a batch that moves none
   */
  int summedUnder() {
    return positions.keySet().stream().mapToInt(Integer::intValue).min().orElse(-1);
  }

  /**
   * The ids that decide whether requests' events are new, each once. Units that return need none:
   * their states know their events.
   *
   * @param own of the batch's events, nearly all of which are new
   * @param proven of exposures that outcomes of the batch prove and that it does not hold itself,
   *     nearly all of which were counted before
   */
  record Ids(Set<UUID> own, Set<UUID> proven) {
    boolean isEmpty() {
      return own.isEmpty() && proven.isEmpty();
    }
  }

  Ids ids() {
    Set<UUID> own = HashSet.newHashSet(items.size());
    Set<UUID> proven = new HashSet<>();
    for (Item item : items) {
      RequestIds given = item.ids();
      if (given != null && given.outcome() != null) {
        own.add(given.outcome());
        proven.add(given.exposure());
      } else if (given != null) {
        own.add(given.exposure());
      }
    }
    proven.removeAll(own);
    return new Ids(own, proven);
  }
}
