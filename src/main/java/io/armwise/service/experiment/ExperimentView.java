package io.armwise.service.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An experiment as the API answers it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Experiment")
public record ExperimentView(
    String key,
    @Schema(description = "One of draft, running, paused, stopped, archived") String status,
    int version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant startedAt,
    @Nullable Instant stoppedAt,
    @Nullable Instant archivedAt,
    ExperimentDocument definition) {

  static ExperimentView of(Experiment experiment) {
    return new ExperimentView(
        experiment.key(),
        experiment.status().name().toLowerCase(Locale.ROOT),
        experiment.version(),
        experiment.createdAt(),
        experiment.updatedAt(),
        experiment.startedAt(),
        experiment.stoppedAt(),
        experiment.archivedAt(),
        experiment.document());
  }

  /** All experiments. */
  @Schema(name = "Experiments")
  public record Listing(List<ExperimentView> experiments) {}

  /** An experiment's audit trail, newest first. */
  @Schema(name = "AuditTrail")
  public record History(List<AuditTrail.Entry> entries) {}

  /** Why a person acts; kept in the audit trail. */
  @Schema(name = "Reason")
  public record Reason(@Nullable String reason) {}
}
