package io.armwise.bandits.experiment;

/** What a person can do with an experiment's status. */
public enum LifecycleAction {
  /** Begin to assign and learn. */
  START(ExperimentStatus.RUNNING),
  /** Give everybody the control arm for a while; keep learning from earlier exposures. */
  PAUSE(ExperimentStatus.PAUSED),
  /** Go on after a pause. */
  RESUME(ExperimentStatus.RUNNING),
  /** End assignment and learning for good. */
  STOP(ExperimentStatus.STOPPED),
  /** Put out of sight. */
  ARCHIVE(ExperimentStatus.ARCHIVED);

  private final ExperimentStatus target;

  LifecycleAction(ExperimentStatus target) {
    this.target = target;
  }

  /** The status after the action. */
  public ExperimentStatus target() {
    return target;
  }

  /** Whether an experiment with {@code status} allows the action. */
  public boolean isAllowedIn(ExperimentStatus status) {
    return switch (this) {
      case START -> status == ExperimentStatus.DRAFT;
      case PAUSE -> status == ExperimentStatus.RUNNING;
      case RESUME -> status == ExperimentStatus.PAUSED;
      case STOP -> status == ExperimentStatus.RUNNING || status == ExperimentStatus.PAUSED;
      case ARCHIVE -> status == ExperimentStatus.DRAFT || status == ExperimentStatus.STOPPED;
    };
  }
}
