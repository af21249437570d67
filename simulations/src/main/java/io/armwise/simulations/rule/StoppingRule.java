package io.armwise.simulations.rule;

/**
 * When an experiment stops and what it then claims. Rules only watch: all rules of a suite judge
 * the same course of an experiment, so their differences are theirs alone.
 */
public sealed interface StoppingRule
    permits AnytimeWinner,
        CalibratedProbability,
        ExpectedLoss,
        FixedHorizon,
        GroupSequential,
        PeekAtProbability,
        PeekAtSignificance,
        ProductVerdict,
        ValueRemainingBelow {

  /**
   * The rule made ready.
   *
   * @param plan of the experiment
   */
  Check prepare(Plan plan);
}
