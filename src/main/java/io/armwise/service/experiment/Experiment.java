package io.armwise.service.experiment;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExperimentStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An experiment as it is stored.
 *
 * @param id small number that stands for the experiment in tokens and evidence
 * @param status where it is in its life
 * @param version counts every change, from 1
 * @param document the definition as it was written
 * @param definition the same, checked and complete
 * @param createdAt when it was created
 * @param updatedAt when it last changed
 * @param startedAt when it first ran
 * @param stoppedAt when it was stopped
 * @param archivedAt when it was archived
 */
public record Experiment(
    int id,
    ExperimentStatus status,
    int version,
    ExperimentDocument document,
    ExperimentDefinition definition,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant startedAt,
    @Nullable Instant stoppedAt,
    @Nullable Instant archivedAt) {

  /** The same experiment with another definition. */
  public Experiment with(ExperimentDefinition changed) {
    return new Experiment(
        id,
        status,
        version,
        document,
        changed,
        createdAt,
        updatedAt,
        startedAt,
        stoppedAt,
        archivedAt);
  }

  /** The key. */
  public String key() {
    return definition.key();
  }
}
