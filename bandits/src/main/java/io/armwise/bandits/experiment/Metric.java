package io.armwise.bandits.experiment;

import io.armwise.posterior.Direction;
import io.armwise.posterior.Prior;

/**
 * What an experiment is judged by.
 *
 * @param key the name that outcomes carry, see {@link Key}
 * @param kind what a unit's value is
 * @param direction whether larger or smaller is better
 * @param prior belief about an arm's mean before any evidence; its family fits {@code kind}
 * @param smallestEffect the smallest absolute difference of two arms' means that matters, in the
 *     metric's unit, {@code > 0}
 */
public record Metric(
    String key, MetricKind kind, Direction direction, Prior<?> prior, double smallestEffect) {}
