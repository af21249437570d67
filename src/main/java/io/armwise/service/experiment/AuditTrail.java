package io.armwise.service.experiment;

import static io.armwise.schema.Tables.AUDIT_ENTRY;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.platform.database.Database;
import io.armwise.service.platform.json.StrictJson;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/** Who changed what, when and why. Append-only; the database refuses anything else. Thread-safe. */
@Singleton
public final class AuditTrail {
  private static final int PAGE = 500;

  private final Database database;

  private final Clock clock;

  AuditTrail(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * One change.
   *
   * @param at when
   * @param actor name of the API key that asked
   * @param action what was done, for example {@code start}
   * @param version the experiment's version after the change
   * @param reason what the person gave as reason
   * @param before the definition before, if it changed
   * @param after the definition after, if it changed
   */
  public record Entry(
      Instant at,
      String actor,
      String action,
      @Nullable Integer version,
      @Nullable String reason,
      @Nullable JsonNode before,
      @Nullable JsonNode after) {}

  /** Adds an entry within the transaction of the change. */
  public void add(DSLContext transaction, @Nullable String experiment, Entry entry) {
    transaction
        .insertInto(AUDIT_ENTRY)
        .set(AUDIT_ENTRY.AT, entry.at().atOffset(ZoneOffset.UTC))
        .set(AUDIT_ENTRY.ACTOR, entry.actor())
        .set(AUDIT_ENTRY.ACTION, entry.action())
        .set(AUDIT_ENTRY.EXPERIMENT, experiment)
        .set(AUDIT_ENTRY.VERSION, entry.version())
        .set(AUDIT_ENTRY.REASON, entry.reason())
        .set(AUDIT_ENTRY.BEFORE, jsonb(entry.before()))
        .set(AUDIT_ENTRY.AFTER, jsonb(entry.after()))
        .execute();
  }

  /** Notes something about an experiment that did not change it. */
  public void note(String experiment, String actor, String action, @Nullable String reason) {
    note(database.dsl(), experiment, actor, action, reason);
  }

  /**
   * Notes something within a transaction.
   *
   * @param experiment key; null if it concerns none in particular
   */
  public void note(
      DSLContext transaction,
      @Nullable String experiment,
      String actor,
      String action,
      @Nullable String reason) {
    add(
        transaction,
        experiment,
        new Entry(
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            actor,
            action,
            null,
            reason,
            null,
            null));
  }

  /** The entries of an experiment, newest first, at most {@value #PAGE}. */
  public List<Entry> of(String experiment) {
    return database
        .dsl()
        .selectFrom(AUDIT_ENTRY)
        .where(AUDIT_ENTRY.EXPERIMENT.eq(experiment))
        .orderBy(AUDIT_ENTRY.AUDIT_ID.desc())
        .limit(PAGE)
        .fetch(
            row ->
                new Entry(
                    row.getAt().toInstant(),
                    row.getActor(),
                    row.getAction(),
                    row.getVersion(),
                    row.getReason(),
                    tree(row.getBefore()),
                    tree(row.getAfter())));
  }

  private static @Nullable JSONB jsonb(@Nullable JsonNode node) {
    return node == null ? null : JSONB.valueOf(node.toString());
  }

  private static @Nullable JsonNode tree(@Nullable JSONB json) {
    return json == null ? null : StrictJson.tree(json.data());
  }
}
