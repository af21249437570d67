package io.armwise.service.dashboard.editor;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.bandits.experiment.Violation;
import io.armwise.service.experiment.Experiment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A form on its way.
 *
 * @param experiment that it changes; null for a new one
 * @param reading what the form says
 * @param violations the rules that it breaks, as far as they are to be shown
 * @param problem why it was refused as a whole
 */
record Draft(
    DefinitionForm form,
    @Nullable Experiment experiment,
    FormReader.Reading reading,
    List<Violation> violations,
    @Nullable String problem) {

  /** The same, refused. */
  Draft refused(@Nullable String why, List<Violation> broken) {
    return new Draft(form, experiment, reading, broken, why);
  }

  /** The same before anybody asked what is wrong with it. */
  Draft unjudged() {
    return refused(null, List.of());
  }

  /** Whether it changes an experiment that units have seen. */
  boolean isStarted() {
    return experiment != null && experiment.status() != ExperimentStatus.DRAFT;
  }

  /** What the form defines; null while it breaks rules. */
  @Nullable ExperimentDefinition definition() {
    return reading.definition();
  }
}
