package io.armwise.service.flag;

import static io.armwise.schema.Tables.FLAG;

import io.armwise.schema.tables.records.FlagRecord;
import io.armwise.service.platform.json.StrictJson;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.JSONB;

/** Reads and writes flags. Thread-safe. */
@Singleton
public final class FlagStore {
  FlagStore() {}

  /** All flags by key. */
  public List<Flag> list(DSLContext transaction) {
    return transaction.selectFrom(FLAG).orderBy(FLAG.KEY).fetch(FlagStore::flag);
  }

  /** The flag with this key. */
  public Optional<Flag> find(DSLContext transaction, String key) {
    return transaction.selectFrom(FLAG).where(FLAG.KEY.eq(key)).fetchOptional(FlagStore::flag);
  }

  /** The flag with this key, locked until the transaction ends. */
  Optional<Flag> lock(DSLContext transaction, String key) {
    return transaction
        .selectFrom(FLAG)
        .where(FLAG.KEY.eq(key))
        .forUpdate()
        .fetchOptional(FlagStore::flag);
  }

  /** Stores a new flag; empty if the key is taken. */
  Optional<Flag> insert(
      DSLContext transaction, String key, FlagDocument document, long sequence, Instant now) {
    return transaction
        .insertInto(FLAG)
        .set(FLAG.KEY, key)
        .set(FLAG.VERSION, 1)
        .set(FLAG.SEQUENCE, sequence)
        .set(FLAG.DEFINITION, JSONB.valueOf(StrictJson.write(document)))
        .set(FLAG.CREATED_AT, now.atOffset(ZoneOffset.UTC))
        .set(FLAG.UPDATED_AT, now.atOffset(ZoneOffset.UTC))
        .onConflictDoNothing()
        .returning()
        .fetchOptional(FlagStore::flag);
  }

  /** Stores a changed flag that the transaction has locked. */
  Flag update(
      DSLContext transaction, Flag current, FlagDocument document, long sequence, Instant now) {
    return transaction
        .update(FLAG)
        .set(FLAG.VERSION, current.version() + 1)
        .set(FLAG.SEQUENCE, sequence)
        .set(FLAG.DEFINITION, JSONB.valueOf(StrictJson.write(document)))
        .set(FLAG.UPDATED_AT, now.atOffset(ZoneOffset.UTC))
        .where(FLAG.KEY.eq(current.key()))
        .returning()
        .fetchSingle(FlagStore::flag);
  }

  private static Flag flag(FlagRecord row) {
    return new SavedFlag(
            row.getKey(),
            row.getVersion(),
            row.getSequence(),
            StrictJson.stored(row.getDefinition().data(), FlagDocument.class),
            row.getCreatedAt().toInstant().toString(),
            row.getUpdatedAt().toInstant().toString())
        .restored();
  }
}
