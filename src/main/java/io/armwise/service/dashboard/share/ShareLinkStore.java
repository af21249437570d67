package io.armwise.service.dashboard.share;

import io.armwise.service.platform.database.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Keeps who has made which link to a report, and which were taken back. Thread-safe. */
@Singleton
final class ShareLinkStore {
  private final Database database;

  ShareLinkStore(Database database) {
    this.database = database;
  }

  /**
   * A link that still opens.
   *
   * @param id that its token carries
   */
  record Kept(UUID id, Instant createdAt, String createdBy, String reason, Instant end) {}

  void add(String experiment, Kept link) {
    database
        .dsl()
        .execute(
            """
            insert into share_link (id, experiment, created_at, created_by, reason, ends_at)
            values (?, ?, ?::timestamptz, ?, ?, ?::timestamptz)
            """,
            link.id(),
            experiment,
            link.createdAt().atOffset(ZoneOffset.UTC),
            link.createdBy(),
            link.reason(),
            link.end().atOffset(ZoneOffset.UTC));
  }

  /** The links of an experiment that open at {@code now}, newest first. */
  List<Kept> open(String experiment, Instant now) {
    return database
        .dsl()
        .resultQuery(
            """
            select id, created_at, created_by, reason, ends_at from share_link
             where experiment = ? and revoked_at is null and ends_at > ?::timestamptz
             order by created_at desc limit 200
            """,
            experiment,
            now.atOffset(ZoneOffset.UTC))
        .fetch(
            row ->
                new Kept(
                    row.get(0, UUID.class),
                    row.get(1, OffsetDateTime.class).toInstant(),
                    row.get(2, String.class),
                    row.get(3, String.class),
                    row.get(4, OffsetDateTime.class).toInstant()));
  }

  /** Takes a link back; whether there was one. */
  boolean revoke(String experiment, UUID id, Instant now) {
    return database
            .dsl()
            .execute(
                """
                update share_link set revoked_at = ?::timestamptz
                 where id = ? and experiment = ? and revoked_at is null
                """,
                now.atOffset(ZoneOffset.UTC),
                id,
                experiment)
        == 1;
  }

  /** Whether a genuine link was made here and has not been taken back. */
  boolean isOpen(UUID id) {
    return !database
        .dsl()
        .fetch("select 1 from share_link where id = ? and revoked_at is null", id)
        .isEmpty();
  }
}
