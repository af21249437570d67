package io.armwise.service.certificate;

import static io.armwise.schema.Tables.CERTIFICATE;

import io.armwise.service.experiment.Experiment;
import io.armwise.service.platform.database.Database;
import io.armwise.service.platform.json.StrictJson;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jooq.JSONB;

/** Keeps certificates. Thread-safe. */
@Singleton
final class CertificateStore {
  private final Database database;

  CertificateStore(Database database) {
    this.database = database;
  }

  /**
   * A certificate as it is stored.
   *
   * @param madeAt when
   * @param actor who asked
   * @param plan that it rests on
   * @param design the text of the simulated design
   * @param figures that came out
   */
  record Stored(
      Instant madeAt,
      String actor,
      CertificatePlan plan,
      String design,
      CertificateFigures figures) {}

  void add(int experiment, Stored made) {
    database.transaction(
        transaction ->
            transaction
                .insertInto(CERTIFICATE)
                .set(CERTIFICATE.EXPERIMENT_ID, experiment)
                .set(CERTIFICATE.MADE_AT, made.madeAt().atOffset(ZoneOffset.UTC))
                .set(CERTIFICATE.ACTOR, made.actor())
                .set(CERTIFICATE.PLAN, JSONB.valueOf(StrictJson.write(made.plan())))
                .set(CERTIFICATE.DESIGN, made.design())
                .set(CERTIFICATE.FIGURES, JSONB.valueOf(StrictJson.write(made.figures())))
                .execute());
  }

  /** The newest certificate of an experiment. */
  Optional<Stored> newest(Experiment experiment) {
    return database
        .dsl()
        .selectFrom(CERTIFICATE)
        .where(CERTIFICATE.EXPERIMENT_ID.eq(experiment.id()))
        .orderBy(CERTIFICATE.CERTIFICATE_ID.desc())
        .limit(1)
        .fetchOptional(
            row ->
                new Stored(
                    row.getMadeAt().toInstant(),
                    row.getActor(),
                    StrictJson.stored(row.getPlan().data(), CertificatePlan.class),
                    row.getDesign(),
                    StrictJson.stored(row.getFigures().data(), CertificateFigures.class)));
  }
}
