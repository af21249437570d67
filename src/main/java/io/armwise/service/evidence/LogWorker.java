package io.armwise.service.evidence;

import io.armwise.service.event.EventReader;
import io.armwise.service.event.EventTopic;
import io.armwise.service.event.KafkaClients;
import io.armwise.service.event.LogPositions;
import io.armwise.service.evidence.EvidenceRows.Refusal;
import io.armwise.service.evidence.EvidenceWriter.FencedException;
import io.armwise.service.experiment.ExperimentVersions;
import io.armwise.service.experiment.StartedExperiments;
import io.armwise.service.platform.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads its share of the log and turns it into evidence. Each batch is one transaction that moves
 * the offsets, the ids, the unit states and the evidence together or not at all; whoever else reads
 * the same partition meanwhile, every event counts exactly once.
 *
 * <p>Runs on one thread; {@link #stop} and {@link #lag} may be called from any.
 */
final class LogWorker implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LogWorker.class);
  private static final int MAX_POLL_RECORDS = 10_000;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Database database;
  private final EventReader reader;
  private final ExperimentVersions experiments;
  private final KafkaClients clients;
  private final EventTopic topic;
  private final LogPositions positions;
  private final EvidenceWriter writer;
  private final CountedIds ids = new CountedIds();
  private final AggregatorMeters meters;
  private final Clock clock;
  private final int batch;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final AtomicLong lag = new AtomicLong();
  private StartedExperiments started = StartedExperiments.NONE;
  private volatile @Nullable LogConsumer reading;

  LogWorker(
      Database database,
      EventReader reader,
      ExperimentVersions experiments,
      KafkaClients clients,
      EventTopic topic,
      LogPositions positions,
      AggregatorMeters meters,
      Clock clock,
      int batch) {
    this.batch = batch;
    this.database = database;
    this.reader = reader;
    this.experiments = experiments;
    this.clients = clients;
    this.topic = topic;
    this.positions = positions;
    this.writer = new EvidenceWriter(topic.getTopic());
    this.meters = meters;
    this.clock = clock;
  }

  /** Ends {@link #run} after the batch that is being stored. */
  void stop() {
    stopping.set(true);
    LogConsumer consumer = reading;
    if (consumer != null) {
      consumer.wakeUp();
    }
  }

  /** Records of this worker's partitions that it has yet to read. */
  long lag() {
    return lag.get();
  }

  /** Reads until told to stop; a failure costs a pause and a new consumer, never an event. */
  @Override
  public void run() {
    Duration pause = Duration.ofMillis(100);
    while (!stopping.get()) {
      try (LogConsumer consumer = consumer()) {
        reading = consumer;
        clients.ensureTopic();
        while (!stopping.get()) {
          read(consumer);
          pause = Duration.ofMillis(100);
        }
      } catch (WakeupException e) {
        LOG.debug("Woken up to stop");
      } catch (FencedException e) {
        meters.retries().increment();
        LOG.info("Reading again: {}", e.getMessage());
      } catch (KafkaException | DataAccessException | IllegalStateException e) {
        meters.retries().increment();
        LOG.warn("Aggregation pauses for {} and reads again", pause, e);
        pause = sleep(pause);
      }
    }
  }

  private LogConsumer consumer() {
    int atOnce = Math.min(batch, MAX_POLL_RECORDS);
    return new LogConsumer(clients.consumer(atOnce), database, positions, topic.getTopic(), batch);
  }

  private static Duration sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private void read(LogConsumer consumer) {
    LogBatch next = consumer.next();
    lag.set(next.lag() + next.records().size());
    if (!next.records().isEmpty()) {
      PreparedBatch prepared = PreparedBatch.of(next.records(), next.ranges(), reader, started);
      Instant oldest = oldest(next.records());
      meters
          .transactions()
          .record(
              () ->
                  database.transaction(
                      transaction -> store(transaction, prepared, next.records(), oldest)));
      consumer.stored(next);
      meters.events().increment(next.records().size());
      meters.delay().record(Duration.between(oldest, clock.instant()));
    }
    lag.set(next.lag());
  }

  private static Instant oldest(List<LogRecord> records) {
    Instant oldest = Instant.MAX;
    for (LogRecord record : records) {
      oldest = record.receivedAt().isBefore(oldest) ? record.receivedAt() : oldest;
    }
    return oldest;
  }

  private void store(
      DSLContext transaction, PreparedBatch prepared, List<LogRecord> records, Instant oldest) {
    writer.begin(transaction);
    writer.advance(transaction, prepared.positions(), oldest);
    PreparedBatch checked = checkedAgainstNewest(transaction, prepared, records);
    Set<UUID> countedIds = ids.add(transaction, checked.ids());
    Map<BatchFold.UnitKey, BatchFold.StoredState> states =
        writer.readStates(transaction, BatchFold.unitKeys(checked));
    BatchFold fold = new BatchFold(checked, countedIds, states);
    fold.fold();
    writer.writeStates(transaction, fold.changedStates());
    writer.addEvidence(transaction, fold.evidence());
    writer.addCounts(transaction, fold.counts());
    writer.addArrivals(transaction, fold.arrivals());
    writer.addRefusals(transaction, fold.rejected().stream().map(Refusal::of).toList());
  }

  /** Most batches were prepared against the newest experiments; the others are prepared again. */
  private PreparedBatch checkedAgainstNewest(
      DSLContext transaction, PreparedBatch prepared, List<LogRecord> records) {
    StartedExperiments before = started;
    started = experiments.holdNewest(transaction, before);
    return started.sequence() == before.sequence()
        ? prepared
        : PreparedBatch.of(records, prepared.positions(), reader, started);
  }
}
