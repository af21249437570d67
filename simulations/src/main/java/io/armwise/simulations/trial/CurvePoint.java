package io.armwise.simulations.trial;

import java.util.List;

/**
 * Where a trial stood at the end of a day.
 *
 * @param day counted from 1
 * @param regret cumulative, in the metric's unit
 * @param shares of the day's decisions, in arm order, summing to 1
 */
public record CurvePoint(int day, double regret, List<Double> shares) {}
