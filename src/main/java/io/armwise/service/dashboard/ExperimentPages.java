package io.armwise.service.dashboard;

import io.armwise.bandits.allocation.AllocationConstraints;
import io.armwise.bandits.assignment.Layer;
import io.armwise.bandits.experiment.Arm;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.bandits.experiment.ExposureTrigger;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.experiment.Participation;
import io.armwise.bandits.experiment.Participation.LayerRange;
import io.armwise.bandits.experiment.TargetingRule;
import io.armwise.posterior.Direction;
import io.armwise.service.dashboard.ExperimentPage.AuditRow;
import io.armwise.service.dashboard.ExperimentPage.Payload;
import io.armwise.service.dashboard.ExperimentPage.Setting;
import io.armwise.service.dashboard.action.Task;
import io.armwise.service.experiment.AuditTrail;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentDocument;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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
        Shell.open(experiment.definition().name(), "fold.js", "tables.js"),
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
        shell.mayChange() ? Task.allowedIn(experiment.status()) : List.of(),
        settings(experiment),
        payloads(definition, live.drawn()),
        audit.of(experiment.key()).stream().map(ExperimentPages::auditRow).toList());
  }

  private static List<Setting> settings(Experiment experiment) {
    ExperimentDefinition definition = experiment.definition();
    ExperimentDocument document = experiment.document();
    boolean rate = definition.metric().kind() == MetricKind.BINARY;
    MetricText text = MetricText.of(rate, definition.metric().smallestEffect());
    AllocationConstraints constraints = definition.allocation().constraints();
    List<Setting> settings = new ArrayList<>();
    settings.add(
        new Setting(
            "Metric",
            definition.metric().key()
                + ", "
                + definition.metric().kind().name().toLowerCase(Locale.ROOT)
                + (definition.metric().direction() == Direction.INCREASE
                    ? ", higher is better"
                    : ", lower is better")));
    settings.add(
        new Setting(
            "Smallest effect that matters", text.loss(definition.metric().smallestEffect())));
    settings.add(
        new Setting(
            "Decision rule",
            "at least "
                + Words.count(definition.rule().minimumUnits(), "unit")
                + " per arm and "
                + Words.count(definition.rule().minimumDays(), "day")
                + "; a false winner in at most "
                + Words.percent(definition.rule().falseWinnerRate(), 1)
                + " of such experiments; a loss of "
                + text.loss(definition.rule().toleratedLoss())
                + " does not matter"));
    settings.add(
        new Setting(
            "Unit",
            definition.unit().isRequest()
                ? "every request on its own"
                : definition.unit().name() + ", which keeps its arm"));
    settings.add(
        new Setting(
            "Exposure",
            definition.exposure() == ExposureTrigger.EVENT
                ? "by event: only an arm that was shown counts"
                : "by decision: every decision counts"));
    settings.add(new Setting("Attribution window", window(definition.attributionWindow())));
    settings.add(
        new Setting(
            "Allocation",
            policy(document)
                + "; refreshed every "
                + HumanText.length(definition.refresh())
                + (constraints.floor() > 0
                    ? "; at least " + Words.percent(constraints.floor(), 1) + " per arm"
                    : "")
                + (constraints.burnInUnits() > 0
                    ? "; equal shares for the first "
                        + Words.count(constraints.burnInUnits(), "unit")
                        + " per arm"
                    : "")
                + (constraints.maximumStep() < 1
                    ? "; moves at most " + Words.percent(constraints.maximumStep(), 0) + " at once"
                    : "")));
    settings.add(
        new Setting("Traffic", Words.percent(definition.trafficShare(), 1) + " of all units"));
    participation(settings, definition.participation());
    settings.add(new Setting("Created", Words.minute(experiment.createdAt())));
    if (experiment.startedAt() != null) {
      settings.add(new Setting("Started", Words.minute(experiment.startedAt())));
    }
    if (experiment.stoppedAt() != null) {
      settings.add(new Setting("Stopped", Words.minute(experiment.stoppedAt())));
    }
    return settings;
  }

  private static void participation(List<Setting> settings, Participation participation) {
    TargetingRule targeting = participation.targeting();
    if (targeting != null) {
      settings.add(new Setting("Only units for which", targeting.expression()));
    }
    LayerRange layer = participation.layer();
    if (layer != null) {
      settings.add(
          new Setting(
              "Layer",
              layer.layer()
                  + ", "
                  + Words.percent(layer.range().from() / (double) Layer.BUCKETS, 2)
                  + " to "
                  + Words.percent(layer.range().until() / (double) Layer.BUCKETS, 2)
                  + " of its units"));
    }
    if (participation.killed()) {
      settings.add(new Setting("Emergency stop", "everybody gets the control arm"));
    }
  }

  private static String policy(ExperimentDocument document) {
    ExperimentDocument.AllocationDocument allocation = document.allocation();
    String policy =
        allocation == null
            ? "thompson"
            : Objects.requireNonNullElse(allocation.policy(), "thompson");
    return switch (policy) {
      case "fixed" -> "fixed shares";
      case "top-two-thompson" -> "top-two Thompson sampling";
      default -> "Thompson sampling";
    };
  }

  private static String window(Duration window) {
    return Words.length(window.toSeconds() / 86_400.0) + " after the exposure";
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
