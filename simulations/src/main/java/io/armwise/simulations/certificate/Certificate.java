package io.armwise.simulations.certificate;

import org.jspecify.annotations.Nullable;

/**
 * What a design promises, by running it many times: in a world where all arms are equal and in one
 * where one is better by the smallest effect worth finding. Where the rule never stops, the
 * experiment ends with its longest duration. Made by {@link CertificateRun}.
 *
 * @param replicationsWithout of the world without an effect
 * @param replicationsWith of the world with one
 * @param falseWinner probability that any winner is named among equal arms
 * @param power probability that the better arm is named
 * @param days until the end, on average, with the effect
 * @param days90 by when nine of ten experiments have ended, with the effect
 * @param daysWithoutEffect until the end, on average, among equal arms
 * @param expectedLoss that the analysis reports of the choice at the end, with the effect
 * @param regretSaved in the metric's unit, against an equal split of the same days, with the effect
 * @param calibration of a threshold for P(best); null where none is strict enough
 */
public record Certificate(
    int replicationsWithout,
    int replicationsWith,
    Estimate falseWinner,
    Estimate power,
    Estimate days,
    Estimate days90,
    Estimate daysWithoutEffect,
    Estimate expectedLoss,
    Estimate regretSaved,
    @Nullable Calibration calibration) {}
