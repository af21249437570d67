package io.armwise.bandits.experiment;

import static io.armwise.bandits.experiment.ExperimentStatus.ARCHIVED;
import static io.armwise.bandits.experiment.ExperimentStatus.DRAFT;
import static io.armwise.bandits.experiment.ExperimentStatus.PAUSED;
import static io.armwise.bandits.experiment.ExperimentStatus.RUNNING;
import static io.armwise.bandits.experiment.ExperimentStatus.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleActionTest {
  private static List<ExperimentStatus> sources(LifecycleAction action) {
    return Arrays.stream(ExperimentStatus.values()).filter(action::isAllowedIn).toList();
  }

  @Test
  void leadsFromDraftThroughRunningToTheArchive() {
    assertThat(sources(LifecycleAction.START)).containsExactly(DRAFT);
    assertThat(sources(LifecycleAction.PAUSE)).containsExactly(RUNNING);
    assertThat(sources(LifecycleAction.RESUME)).containsExactly(PAUSED);
    assertThat(sources(LifecycleAction.STOP)).containsExactly(RUNNING, PAUSED);
    assertThat(sources(LifecycleAction.ARCHIVE)).containsExactly(DRAFT, STOPPED);
  }

  @Test
  void neverLeavesTheArchive() {
    assertThat(LifecycleAction.values()).noneMatch(action -> action.isAllowedIn(ARCHIVED));
  }

  @Test
  void neverStaysWhereItIs() {
    for (LifecycleAction action : LifecycleAction.values()) {
      assertThat(sources(action)).doesNotContain(action.target());
    }
  }
}
