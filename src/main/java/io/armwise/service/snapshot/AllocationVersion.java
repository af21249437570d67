package io.armwise.service.snapshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.armwise.bandits.allocation.Shares;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the learner decided at one time, with all that is needed to decide it again. Immutable.
 *
 * @param sequence number from {@code change_sequence}
 * @param experiment id of the experiment
 * @param version counts the allocations of the experiment, from 1
 * @param definitionVersion the experiment's version that was in force
 * @param reason why it was made
 * @param createdAt when
 * @param shares per arm, in slot order
 * @param arms evidence and figures per arm, in slot order
 * @param numericalError bound of the error of the probabilities
 * @param positions per partition the next offset of the log, that is, what the evidence covers
 * @param exposedBefore units exposed before this hour (since 1970) are learned from; {@link
 *     #FROM_ALL} if all are
 */
public record AllocationVersion(
    long sequence,
    int experiment,
    long version,
    int definitionVersion,
    Reason reason,
    Instant createdAt,
    Shares shares,
    List<ArmFigures> arms,
    double numericalError,
    Map<Integer, Long> positions,
    int exposedBefore) {
  /** Later than any unit. */
  public static final int FROM_ALL = Integer.MAX_VALUE;

  public AllocationVersion {
    arms = List.copyOf(arms);
    positions = Map.copyOf(positions);
  }

  /** Why an allocation was made. */
  public enum Reason {
    /** The experiment started. */
    STARTED,
    /** New evidence moved the shares. */
    EVIDENCE,
    /** The definition changed: an arm was added or retired, a constraint changed. */
    DEFINITION
  }

  /**
   * An arm's figures.
   *
   * @param units exposed units
   * @param sum of the units' values
   * @param sumOfSquares of the units' values
   * @param mean of the posterior
   * @param probabilityToBeBest absent for a retired arm
   * @param expectedLoss in the metric's unit, absent for a retired arm
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ArmFigures(
      long units,
      BigDecimal sum,
      BigDecimal sumOfSquares,
      double mean,
      @Nullable Double probabilityToBeBest,
      @Nullable Double expectedLoss) {}
}
