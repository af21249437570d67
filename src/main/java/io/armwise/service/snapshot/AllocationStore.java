package io.armwise.service.snapshot;

import static io.armwise.schema.Tables.ALLOCATION_VERSION;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.bandits.allocation.Shares;
import io.armwise.schema.tables.records.AllocationVersionRecord;
import io.armwise.service.platform.json.StrictJson;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record1;
import org.jooq.impl.DSL;

/** Reads and appends allocation versions; none is ever changed. Thread-safe. */
@Singleton
public final class AllocationStore {
  AllocationStore() {}

  /** Appends a version whose sequence number the transaction has just drawn. */
  public void append(DSLContext transaction, AllocationVersion version) {
    long[] shares = version.shares().toArray();
    Long[] boxed = new Long[shares.length];
    for (int i = 0; i < shares.length; i++) {
      boxed[i] = shares[i];
    }
    transaction
        .insertInto(ALLOCATION_VERSION)
        .set(ALLOCATION_VERSION.SEQUENCE, version.sequence())
        .set(ALLOCATION_VERSION.EXPERIMENT_ID, version.experiment())
        .set(ALLOCATION_VERSION.VERSION, version.version())
        .set(ALLOCATION_VERSION.DEFINITION_VERSION, version.definitionVersion())
        .set(ALLOCATION_VERSION.REASON, version.reason().name().toLowerCase(Locale.ROOT))
        .set(ALLOCATION_VERSION.CREATED_AT, version.createdAt().atOffset(ZoneOffset.UTC))
        .set(ALLOCATION_VERSION.SHARES, boxed)
        .set(ALLOCATION_VERSION.ARMS, JSONB.valueOf(StrictJson.write(version.arms())))
        .set(ALLOCATION_VERSION.NUMERICAL_ERROR, version.numericalError())
        .set(ALLOCATION_VERSION.POSITIONS, JSONB.valueOf(StrictJson.write(version.positions())))
        .set(
            ALLOCATION_VERSION.EXPOSED_BEFORE_HOUR,
            version.exposedBefore() == AllocationVersion.FROM_ALL ? null : version.exposedBefore())
        .execute();
  }

  /** The newest version of every experiment, if its number is above {@code sequence}. */
  public List<AllocationVersion> newestSince(DSLContext transaction, long sequence) {
    return transaction
        .selectDistinct(ALLOCATION_VERSION.asterisk())
        .on(ALLOCATION_VERSION.EXPERIMENT_ID)
        .from(ALLOCATION_VERSION)
        .where(ALLOCATION_VERSION.SEQUENCE.gt(sequence))
        .orderBy(ALLOCATION_VERSION.EXPERIMENT_ID, ALLOCATION_VERSION.SEQUENCE.desc())
        .fetchInto(ALLOCATION_VERSION)
        .map(AllocationStore::version);
  }

  /** The newest version of an experiment. */
  public Optional<AllocationVersion> newest(DSLContext transaction, int experiment) {
    return transaction
        .selectFrom(ALLOCATION_VERSION)
        .where(ALLOCATION_VERSION.EXPERIMENT_ID.eq(experiment))
        .orderBy(ALLOCATION_VERSION.VERSION.desc())
        .limit(1)
        .fetchOptional(AllocationStore::version);
  }

  /** Whether all versions of an experiment have the shares of the first. */
  public boolean haveStoodStill(DSLContext transaction, int experiment) {
    return transaction
        .resultQuery(
            """
            select 1 from allocation_version v
              join allocation_version f on f.experiment_id = v.experiment_id and f.version = 1
             where v.experiment_id = ? and v.shares <> f.shares limit 1
            """,
            experiment)
        .fetch()
        .isEmpty();
  }

  /** The newest {@code count} versions of an experiment, oldest first. */
  public List<AllocationVersion> newest(DSLContext transaction, int experiment, int count) {
    return transaction
        .selectFrom(ALLOCATION_VERSION)
        .where(ALLOCATION_VERSION.EXPERIMENT_ID.eq(experiment))
        .orderBy(ALLOCATION_VERSION.VERSION.desc())
        .limit(count)
        .fetch(AllocationStore::version)
        .reversed();
  }

  /** A certain version of an experiment. */
  public Optional<AllocationVersion> find(DSLContext transaction, int experiment, long version) {
    return transaction
        .selectFrom(ALLOCATION_VERSION)
        .where(ALLOCATION_VERSION.EXPERIMENT_ID.eq(experiment))
        .and(ALLOCATION_VERSION.VERSION.eq(version))
        .fetchOptional(AllocationStore::version);
  }

  /** The version of an experiment that was the newest at a time. */
  public Optional<AllocationVersion> inForce(DSLContext transaction, int experiment, Instant at) {
    return transaction
        .selectFrom(ALLOCATION_VERSION)
        .where(ALLOCATION_VERSION.EXPERIMENT_ID.eq(experiment))
        .and(ALLOCATION_VERSION.CREATED_AT.le(at.atOffset(ZoneOffset.UTC)))
        .orderBy(ALLOCATION_VERSION.VERSION.desc())
        .limit(1)
        .fetchOptional(AllocationStore::version);
  }

  /**
   * The course of an experiment's allocation: at most {@code points} versions, evenly spread, the
   * first and the newest among them, oldest first. Versions count from 1, so that two look-ups by
   * key find them however many there are.
   *
   * @param points {@code >= 2}
   */
  public List<AllocationVersion> course(DSLContext transaction, int experiment, int points) {
    OptionalLong newest = newestNumber(transaction, experiment);
    return newest.isEmpty()
        ? List.of()
        : at(transaction, experiment, spread(newest.getAsLong(), points));
  }

  /** How many versions an experiment has: the number of the newest; empty before its start. */
  OptionalLong newestNumber(DSLContext transaction, int experiment) {
    Long newest =
        transaction
            .select(DSL.max(ALLOCATION_VERSION.VERSION))
            .from(ALLOCATION_VERSION)
            .where(ALLOCATION_VERSION.EXPERIMENT_ID.eq(experiment))
            .fetchSingle()
            .value1();
    return newest == null ? OptionalLong.empty() : OptionalLong.of(newest);
  }

  /** The newest versions that a changed definition or status made, at most {@code count}. */
  List<Long> changes(DSLContext transaction, int experiment, int count) {
    return transaction
        .select(ALLOCATION_VERSION.VERSION)
        .from(ALLOCATION_VERSION)
        .where(ALLOCATION_VERSION.EXPERIMENT_ID.eq(experiment))
        // As a literal, so that the index of these alone serves.
        .and(ALLOCATION_VERSION.REASON.eq(DSL.inline("definition")))
        .orderBy(ALLOCATION_VERSION.VERSION.desc())
        .limit(count)
        .fetch(Record1::value1);
  }

  /** The versions of an experiment with these numbers, oldest first. */
  List<AllocationVersion> at(DSLContext transaction, int experiment, Collection<Long> versions) {
    return transaction
        .selectFrom(ALLOCATION_VERSION)
        .where(ALLOCATION_VERSION.EXPERIMENT_ID.eq(experiment))
        .and(ALLOCATION_VERSION.VERSION.in(versions))
        .orderBy(ALLOCATION_VERSION.VERSION)
        .fetch()
        .map(AllocationStore::version);
  }

  /** At most so many numbers from 1 to {@code last}, evenly spread, with both ends. */
  static List<Long> spread(long last, int points) {
    return last <= points
        ? LongStream.rangeClosed(1, last).boxed().toList()
        : LongStream.range(0, points)
            .map(point -> 1 + Math.round((last - 1) * (point / (points - 1.0))))
            .boxed()
            .toList();
  }

  private static AllocationVersion version(AllocationVersionRecord row) {
    Long[] boxed = row.getShares();
    long[] shares = new long[boxed.length];
    for (int i = 0; i < boxed.length; i++) {
      shares[i] = boxed[i];
    }
    Map<Integer, Long> positions = new HashMap<>();
    JsonNode stored = StrictJson.tree(row.getPositions().data());
    stored
        .properties()
        .forEach(
            entry -> positions.put(Integer.valueOf(entry.getKey()), entry.getValue().longValue()));
    return new AllocationVersion(
        row.getSequence(),
        row.getExperimentId(),
        row.getVersion(),
        row.getDefinitionVersion(),
        AllocationVersion.Reason.valueOf(row.getReason().toUpperCase(Locale.ROOT)),
        row.getCreatedAt().toInstant(),
        Shares.of(shares),
        List.of(StrictJson.stored(row.getArms().data(), AllocationVersion.ArmFigures[].class)),
        row.getNumericalError(),
        positions,
        row.getExposedBeforeHour() == null
            ? AllocationVersion.FROM_ALL
            : row.getExposedBeforeHour());
  }
}
