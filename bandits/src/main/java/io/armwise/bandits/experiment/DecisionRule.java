package io.armwise.bandits.experiment;

/**
 * When a person may act on the numbers.
 *
 * @param minimumUnits units per arm in the running below which nothing is shown, {@code >= 1}
 * @param minimumDays days of running below which no winner is named, {@code >= 0}
 * @param toleratedLoss expected loss that does not matter, in the metric's unit, {@code > 0}
 * @param wantedProbability probability to be best that a winner needs, in (0.5, 1)
 */
public record DecisionRule(
    long minimumUnits, int minimumDays, double toleratedLoss, double wantedProbability) {}
