package io.armwise.service.replay;

import java.time.Instant;
import java.util.List;

/** An experiment as a log has kept it: the counts of its arms, or row by row. */
sealed interface LoggedExperiment {
  /** What the experiment is called in the service. */
  String key();

  /** The arms with their counts, in the order of the log. */
  List<LoggedArm> arms();

  /** All exposures. */
  default long exposures() {
    return arms().stream().mapToLong(LoggedArm::exposures).sum();
  }

  /** All successes. */
  default long successes() {
    return arms().stream().mapToLong(LoggedArm::successes).sum();
  }

  /** Only the counts are known. */
  record Counts(String key, List<LoggedArm> arms) implements LoggedExperiment {
    public Counts {
      arms = List.copyOf(arms);
    }
  }

  /** Each decision is known. */
  record Rows(String key, List<LoggedArm> arms, List<Row> rows) implements LoggedExperiment {
    public Rows {
      arms = List.copyOf(arms);
      rows = List.copyOf(rows);
    }
  }

  /**
   * A logged decision.
   *
   * @param at when
   * @param arm key
   * @param propensity probability with which the arm was drawn, in (0, 1]
   * @param success whether it succeeded
   */
  record Row(Instant at, String arm, double propensity, boolean success) {}
}
