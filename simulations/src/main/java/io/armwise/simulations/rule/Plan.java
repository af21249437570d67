package io.armwise.simulations.rule;

import io.armwise.bandits.experiment.MetricKind;

/**
 * What a rule may know before the experiment.
 *
 * @param kind of the metric
 * @param arms number of arms
 * @param days of the longest course
 * @param units of the longest course, over all arms
 * @param baseline the control's mean as a planner would guess it
 */
public record Plan(MetricKind kind, int arms, int days, long units, double baseline) {}
