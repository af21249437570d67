package io.armwise.service.dashboard;

import io.armwise.bandits.experiment.Arm;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.service.dashboard.ExperimentPage.AuditRow;
import io.armwise.service.dashboard.ExperimentPage.Payload;
import io.armwise.service.dashboard.action.Task;
import io.armwise.service.experiment.AuditTrail;
import io.armwise.service.experiment.Experiment;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers an experiment's page. Thread-safe. */
@Singleton
final class ExperimentPages {
  private final LiveViews liveViews;
  private final AuditTrail audit;

  ExperimentPages(LiveViews liveViews, AuditTrail audit) {
    this.liveViews = liveViews;
    this.audit = audit;
  }

  /** The page of somebody who is logged in. */
  ExperimentPage of(Experiment experiment, Shell shell, @Nullable String done) {
    return of(experiment, shell, done, liveViews.of(experiment));
  }

  /** The page as others see it, at an address of its own. */
  ExperimentPage closed(Experiment experiment, String address, String done) {
    return of(
        experiment,
        Shell.open(experiment.definition().name(), "fold.js", "tables.js", "read.js"),
        done,
        liveViews.of(experiment).closed(address));
  }

  private ExperimentPage of(
      Experiment experiment, Shell shell, @Nullable String done, LiveView live) {
    ExperimentDefinition definition = experiment.definition();
    return new ExperimentPage(
        shell,
        experiment.key(),
        definition.name(),
        definition.hypothesis(),
        definition.owner(),
        live,
        done,
        shell.mayChange()
            && experiment.status() != ExperimentStatus.ARCHIVED
            && experiment.status() != ExperimentStatus.STOPPED,
        shell.mayChange() ? Task.of(experiment) : List.of(),
        Settings.of(experiment),
        payloads(definition, live.drawn()),
        audit.of(experiment.key()).stream().map(ExperimentPages::auditRow).toList());
  }

  private static List<Payload> payloads(ExperimentDefinition definition, DrawnArms drawn) {
    List<Payload> payloads = new ArrayList<>();
    for (int slot = 0; slot < definition.arms().size(); slot++) {
      Arm arm = definition.arms().get(slot);
      payloads.add(new Payload(drawn.colour(slot), arm.key(), arm.name(), arm.payload()));
    }
    return payloads;
  }

  private static AuditRow auditRow(AuditTrail.Entry entry) {
    return new AuditRow(
        Words.minute(entry.at()),
        entry.at().toString(),
        entry.actor(),
        entry.action(),
        entry.reason());
  }
}
