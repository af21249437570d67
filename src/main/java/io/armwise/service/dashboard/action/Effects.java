package io.armwise.service.dashboard.action;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.snapshot.AllocationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an action would do to an experiment as it stands, in words. Pure. */
final class Effects {
  private final Experiment experiment;
  private final ExperimentDefinition definition;
  private final @Nullable AllocationVersion allocation;

  Effects(Experiment experiment, @Nullable AllocationVersion allocation) {
    this.experiment = experiment;
    this.definition = experiment.definition();
    this.allocation = allocation;
  }

  List<String> of(Task task) {
    return switch (task) {
      case START ->
          List.of(
              percent(definition.trafficShare())
                  + " of all units take part from the next request on, split among "
                  + definition.arms().size()
                  + " arms.",
              "Metric, unit, attribution window, exposure, payloads and the control are fixed from"
                  + " then on.",
              "No figure is shown before every arm has "
                  + count(definition.rule().minimumUnits(), "unit")
                  + ", and no winner is named before "
                  + count(definition.rule().minimumDays(), "day")
                  + " have passed.");
      case PAUSE ->
          List.of(
              "Everybody gets " + control() + " from the next request on.",
              otherShare() + " of the traffic changes arm for as long as the pause lasts.",
              "Outcomes of units that were exposed before still count.");
      case RESUME ->
          List.of(
              "Arms are assigned again, with the shares that were in force.",
              "A unit gets the arm it had before, unless the shares move past it.");
      case TRAFFIC ->
          List.of(
              percent(definition.trafficShare()) + " of all units take part now.",
              "Nobody who is in moves to another arm; further units join.");
      case ADD_ARM ->
          List.of(
              "It gets slots of its own; units move into it and between no other arms.",
              "It starts from the prior. Until it has "
                  + count(definition.rule().minimumUnits(), "unit")
                  + ", no figures are shown for any arm.",
              "Its key and payload are fixed from then on.");
      case RETIRE_ARM -> retire();
      case SHIP ->
          List.of(
              "Everybody gets the arm from the next request on: a feature flag with the"
                  + " experiment's key takes its place, and callers change nothing.",
              "The experiment ends. Its figures stand as they are; nothing more is learned.");
      case KILL ->
          List.of(
              "Everybody gets "
                  + control()
                  + " from the next request on, units on lists for testing"
                  + " and units that had another arm before as well.",
              "The experiment goes on being measured: outcomes of units that were exposed before"
                  + " still count. A ramp waits.");
      case REVIVE -> List.of("Arms are assigned again, as before the emergency stop.");
      case STOP -> stop();
      case ARCHIVE ->
          List.of(
              "It leaves the list; search with status “archived” still finds it.",
              "Its figures, versions and audit trail stay.");
    };
  }

  private List<String> retire() {
    List<String> effects = new ArrayList<>();
    effects.add("Its units move to the other arms; nobody else changes arm.");
    effects.add("It is no longer compared. Its figures stay in the table.");
    return effects;
  }

  private List<String> stop() {
    List<String> effects = new ArrayList<>();
    effects.add(
        "No more arms are assigned: a decision is refused and a feature flag falls back to its"
            + " caller's default.");
    effects.add("The figures stand as they are; nothing more is learned.");
    if (experiment.status() == ExperimentStatus.RUNNING) {
      effects.add("To give everybody the winner, use “Ship an arm” instead: it stops, too.");
    }
    return effects;
  }

  /** Whether and how it can be taken back. */
  static String undo(Task task) {
    return switch (task) {
      case START ->
          "This cannot be undone: you can pause or stop it, but not make it a draft again.";
      case PAUSE -> "You can undo this at any time with “Resume”.";
      case RESUME -> "You can undo this at any time with “Pause”.";
      case TRAFFIC -> "This cannot be undone: the share can grow further but not shrink.";
      case ADD_ARM -> "This cannot be undone: an arm can be retired but not removed.";
      case RETIRE_ARM ->
          "This cannot be undone: a retired arm stays retired. Add a new arm instead.";
      case SHIP ->
          "You can change the flag at any time on its page, but not start the experiment"
              + " again.";
      case KILL -> "You can undo this at any time with “End the emergency stop”.";
      case REVIVE -> "You can undo this at any time with “Emergency stop”.";
      case STOP -> "This cannot be undone: a stopped experiment cannot be started again. Copy it.";
      case ARCHIVE -> "This cannot be undone.";
    };
  }

  /** An arm in the list of those that can be retired or shipped. */
  String choice(int arm) {
    String name = definition.arms().get(arm).name();
    return allocation == null ? name : name + ", " + percent(share(arm)) + " of the traffic now";
  }

  private String control() {
    return definition.arms().get(definition.controlIndex()).name();
  }

  private String otherShare() {
    return percent(allocation == null ? 0 : 1 - share(definition.controlIndex()));
  }

  private double share(int arm) {
    return allocation == null || arm >= allocation.shares().arms()
        ? 0
        : allocation.shares().share(arm) / (double) Shares.TOTAL;
  }

  private static String percent(double fraction) {
    double percent = 100 * fraction;
    return String.format(Locale.ROOT, percent == Math.rint(percent) ? "%.0f" : "%.1f", percent)
        + "\u00a0%";
  }

  private static String count(long count, String noun) {
    return String.format(Locale.ROOT, "%,d\u00a0%s%s", count, noun, count == 1 ? "" : "s");
  }
}
