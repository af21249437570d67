package io.armwise.service.erasure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.armwise.bandits.assignment.UnitHash;
import io.armwise.service.event.EventIntake;
import io.armwise.service.event.EventReader;
import io.armwise.service.experiment.AuditTrail;
import io.armwise.service.platform.database.Database;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Erases a unit. Experiments that still learn are told by a retraction in the log, as of any unit:
 * the unit counts nowhere any more and its state keeps nothing but that. Of experiments that have
 * ended, the state goes and the sums stay, which speak of nobody. What was refused of the unit
 * loses its bytes. Thread-safe.
 */
@Singleton
public final class Erasures {
  private static final String SOURCE = "armwise/erasure";
  private static final long PATIENCE_SECONDS = 10;

  private final Database database;
  private final EventIntake intake;
  private final AuditTrail audit;
  private final Clock clock;

  Erasures(Database database, EventIntake intake, AuditTrail audit, Clock clock) {
    this.database = database;
    this.intake = intake;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What was erased.
   *
   * @param unitHash 32 hexadecimal digits
   * @param states in experiments that have ended
   * @param rejectedEvents that have lost their bytes
   */
  public record Erased(String unitHash, int states, int rejectedEvents) {}

  /**
   * A unit's hash as people write it.
   *
   * @throws IllegalArgumentException if it is none
   */
  static UnitHash unitHash(String hex) {
    return UnitHash.ofHex(hex)
        .orElseThrow(() -> new IllegalArgumentException("must be 32 hexadecimal digits"));
  }

  /**
   * Erases a unit. Again does no harm.
   *
   * @param unit its hash
   * @param actor who asks
   * @param reason for the audit trail
   * @throws ProblemException if the log or the database is away; nothing is half done that asking
   *     again does not finish
   */
  public Erased erase(UnitHash unit, String actor, @Nullable String reason) {
    retract(unit);
    return database.transactionResult(transaction -> erase(transaction, unit, actor, reason));
  }

  private void retract(UnitHash unit) {
    Instant now = clock.instant();
    ObjectNode event = StrictJson.MAPPER.createObjectNode();
    event.put("specversion", "1.0");
    event.put("type", EventReader.RETRACTION);
    event.put("source", SOURCE);
    event.put("id", unit.hex() + "/" + now);
    event.putObject("data").put("unitHash", unit.hex());
    try {
      intake
          .take(List.of(event), now)
          .acknowledged()
          .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      throw new ProblemException(
          ProblemCode.LOG_UNAVAILABLE, "The unit is not erased yet. Ask again later.");
    }
  }

  private Erased erase(
      DSLContext transaction, UnitHash unit, String actor, @Nullable String reason) {
    UUID id = new UUID(unit.first(), unit.second());
    transaction.execute(
        "insert into erased_unit values (?, ?::timestamptz) on conflict do nothing",
        id,
        clock.instant().atOffset(ZoneOffset.UTC));
    int states =
        transaction.execute(
            """
            delete from unit_state s using experiment e
             where s.unit = ? and e.experiment_id = s.experiment_id
               and e.status in ('stopped', 'archived')
            """,
            id);
    byte[] hex = unit.hex().getBytes(StandardCharsets.US_ASCII);
    int rejected =
        transaction.execute(
            """
            update rejected_event set key = null, value = null, detail = 'erased'
             where key = ? or position(?::bytea in value) > 0
            """,
            hex,
            hex);
    audit.note(transaction, null, actor, "erase unit " + unit.hex(), reason);
    return new Erased(unit.hex(), states, rejected);
  }
}
