package io.armwise.service.experiment;

import io.armwise.bandits.experiment.ExperimentStatus;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Experiment} as plain data: a row of the database, or a part of a node's file. Times are
 * ISO 8601.
 */
public record SavedExperiment(
    int id,
    String status,
    int version,
    ExperimentDocument document,
    String createdAt,
    String updatedAt,
    @Nullable String startedAt,
    @Nullable String stoppedAt,
    @Nullable String archivedAt) {

  /** The data of an experiment. */
  public static SavedExperiment of(Experiment experiment) {
    return new SavedExperiment(
        experiment.id(),
        experiment.status().name().toLowerCase(Locale.ROOT),
        experiment.version(),
        experiment.document(),
        experiment.createdAt().toString(),
        experiment.updatedAt().toString(),
        text(experiment.startedAt()),
        text(experiment.stoppedAt()),
        text(experiment.archivedAt()));
  }

  /**
   * The experiment.
   *
   * @throws IllegalStateException if the definition breaks a rule, which what this service has
   *     saved never does
   */
  public Experiment restored() {
    return switch (DefinitionReader.read(document)) {
      case DefinitionReader.Reading.Invalid invalid ->
          throw new IllegalStateException(
              "stored experiment " + document.key() + " is invalid: " + invalid.violations());
      case DefinitionReader.Reading.Valid valid ->
          new Experiment(
              id,
              ExperimentStatus.valueOf(status.toUpperCase(Locale.ROOT)),
              version,
              document,
              valid.definition(),
              Instant.parse(createdAt),
              Instant.parse(updatedAt),
              instant(startedAt),
              instant(stoppedAt),
              instant(archivedAt));
    };
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static @Nullable Instant instant(@Nullable String text) {
    return text == null ? null : Instant.parse(text);
  }
}
