package io.armwise.bandits.experiment;

/**
 * When a person may act on the numbers.
 *
 * @param minimumUnits units per arm in the running below which nothing is shown, {@code >= 1}
 * @param minimumDays days of running below which no arm is shipped, {@code >= 0}
 * @param toleratedLoss difference to the best arm that does not matter, in the metric's unit,
 *     {@code > 0}
 * @param falseWinnerRate probability, at most, that the experiment ever names a false winner,
 *     however often somebody looks, in (0, 0.5)
 */
public record DecisionRule(
    long minimumUnits, int minimumDays, double toleratedLoss, double falseWinnerRate) {}
