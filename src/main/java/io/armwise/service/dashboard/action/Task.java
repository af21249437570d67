package io.armwise.service.dashboard.action;

import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.bandits.experiment.LifecycleAction;
import io.armwise.service.experiment.Experiment;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a person can do to an experiment from its page. */
public enum Task {
  /** Begin to assign and learn. */
  START("Start", Weight.PRIMARY),
  /** Give everybody the control for a while. */
  PAUSE("Pause", Weight.PLAIN),
  /** Go on after a pause. */
  RESUME("Resume", Weight.PRIMARY),
  /** Let more units take part. */
  TRAFFIC("Change traffic", Weight.PLAIN),
  /** Let another arm compete. */
  ADD_ARM("Add an arm", Weight.PLAIN),
  /** End an arm's traffic. */
  RETIRE_ARM("Retire an arm", Weight.PLAIN),
  /** End the experiment and give everybody one of its arms. */
  SHIP("Ship an arm", Weight.PLAIN),
  /** Give everybody the control at once, testers and holders of a token too. */
  KILL("Emergency stop", Weight.DANGER),
  /** End the emergency. */
  REVIVE("End the emergency stop", Weight.PRIMARY),
  /** End the experiment. */
  STOP("Stop", Weight.DANGER),
  /** Put it out of sight. */
  ARCHIVE("Archive", Weight.PLAIN);

  /** How a button looks. */
  public enum Weight {
    PRIMARY,
    PLAIN,
    DANGER;

    /** Name of the style class. */
    public String style() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final String label;
  private final Weight weight;

  Task(String label, Weight weight) {
    this.label = label;
    this.weight = weight;
  }

  /** What stands on the button. */
  public String label() {
    return label;
  }

  /** How the button looks. */
  public Weight weight() {
    return weight;
  }

  /** The task in an address. */
  public String path() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The task of an address. */
  static Optional<Task> of(String path) {
    return Arrays.stream(values()).filter(task -> task.path().equals(path)).findFirst();
  }

  /** The tasks that an experiment allows as it stands, the most likely first. */
  public static List<Task> of(Experiment experiment) {
    return Arrays.stream(values()).filter(task -> task.isAllowedFor(experiment)).toList();
  }

  boolean isAllowedFor(Experiment experiment) {
    ExperimentStatus status = experiment.status();
    boolean killed = experiment.definition().participation().killed();
    return switch (this) {
      case START -> LifecycleAction.START.isAllowedIn(status);
      case PAUSE -> LifecycleAction.PAUSE.isAllowedIn(status);
      case RESUME -> LifecycleAction.RESUME.isAllowedIn(status);
      case STOP -> LifecycleAction.STOP.isAllowedIn(status);
      case ARCHIVE -> LifecycleAction.ARCHIVE.isAllowedIn(status);
      case SHIP -> LifecycleAction.STOP.isAllowedIn(status) || status == ExperimentStatus.STOPPED;
      // A draft is changed as a whole, in its form.
      case TRAFFIC, ADD_ARM, RETIRE_ARM -> status.isLearning();
      case KILL -> status.isLearning() && !killed;
      case REVIVE -> status.isLearning() && killed;
    };
  }
}
