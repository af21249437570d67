package io.armwise.service.experiment;

import static io.armwise.schema.Tables.HOLDOUT;
import static io.armwise.schema.Tables.LAYER;

import io.armwise.bandits.assignment.BucketRange;
import io.armwise.schema.tables.records.HoldoutRecord;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Reads and writes layers and holdouts. Thread-safe. */
@Singleton
public final class LayerStore {
  LayerStore() {}

  /** A layer. */
  record StoredLayer(String key, String name, Instant createdAt) {}

  /**
   * A holdout.
   *
   * @param layer the layer whose experiments it keeps units out of; null for all experiments
   * @param range its buckets, under a salt of its own
   * @param sequence number of its last change
   * @param endedAt when it ended, null while it holds
   */
  public record StoredHoldout(
      String key,
      String name,
      @Nullable String layer,
      BucketRange range,
      long sequence,
      Instant createdAt,
      @Nullable Instant endedAt) {

    /** Whether it keeps units out of an experiment in this layer; null for one without a layer. */
    public boolean concerns(@Nullable String experimentsLayer) {
      return endedAt == null && (layer == null || layer.equals(experimentsLayer));
    }
  }

  List<StoredLayer> layers(DSLContext transaction) {
    return transaction
        .selectFrom(LAYER)
        .orderBy(LAYER.KEY)
        .fetch(row -> new StoredLayer(row.getKey(), row.getName(), row.getCreatedAt().toInstant()));
  }

  /** Locks a layer until the transaction ends, so that two cannot take the same buckets at once. */
  boolean lock(DSLContext transaction, String key) {
    return transaction.selectFrom(LAYER).where(LAYER.KEY.eq(key)).forUpdate().fetchOne() != null;
  }

  /** Stores a layer; false if the key is taken. */
  boolean insert(DSLContext transaction, StoredLayer layer) {
    return transaction
            .insertInto(LAYER)
            .set(LAYER.KEY, layer.key())
            .set(LAYER.NAME, layer.name())
            .set(LAYER.CREATED_AT, layer.createdAt().atOffset(ZoneOffset.UTC))
            .onConflictDoNothing()
            .execute()
        == 1;
  }

  /** All holdouts, ended ones too, by key. */
  public List<StoredHoldout> holdouts(DSLContext transaction) {
    return transaction.selectFrom(HOLDOUT).orderBy(HOLDOUT.KEY).fetch(LayerStore::holdout);
  }

  /** Stores a holdout; false if the key is taken. */
  boolean insert(DSLContext transaction, StoredHoldout holdout) {
    return transaction
            .insertInto(HOLDOUT)
            .set(HOLDOUT.KEY, holdout.key())
            .set(HOLDOUT.NAME, holdout.name())
            .set(HOLDOUT.LAYER, holdout.layer())
            .set(HOLDOUT.FROM_BUCKET, holdout.range().from())
            .set(HOLDOUT.UNTIL_BUCKET, holdout.range().until())
            .set(HOLDOUT.SEQUENCE, holdout.sequence())
            .set(HOLDOUT.CREATED_AT, holdout.createdAt().atOffset(ZoneOffset.UTC))
            .onConflictDoNothing()
            .execute()
        == 1;
  }

  /** Ends a holdout that still holds; empty if there is none. */
  Optional<StoredHoldout> end(DSLContext transaction, String key, long sequence, Instant now) {
    return transaction
        .update(HOLDOUT)
        .set(HOLDOUT.SEQUENCE, sequence)
        .set(HOLDOUT.ENDED_AT, now.atOffset(ZoneOffset.UTC))
        .where(HOLDOUT.KEY.eq(key))
        .and(HOLDOUT.ENDED_AT.isNull())
        .returning()
        .fetchOptional(LayerStore::holdout);
  }

  private static StoredHoldout holdout(HoldoutRecord row) {
    OffsetDateTime ended = row.getEndedAt();
    return new StoredHoldout(
        row.getKey(),
        row.getName(),
        row.getLayer(),
        new BucketRange(row.getFromBucket(), row.getUntilBucket()),
        row.getSequence(),
        row.getCreatedAt().toInstant(),
        ended == null ? null : ended.toInstant());
  }
}
