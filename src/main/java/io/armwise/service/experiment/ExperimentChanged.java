package io.armwise.service.experiment;

/**
 * An experiment has changed and the change is committed. Listeners make it take effect on this node
 * at once; others see it when they poll.
 *
 * @param experiment after the change
 */
public record ExperimentChanged(Experiment experiment) {}
