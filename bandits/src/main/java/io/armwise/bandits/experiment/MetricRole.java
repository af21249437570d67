package io.armwise.bandits.experiment;

/** What a metric beside the primary one is for. */
public enum MetricRole {
  /** Shown, so that people understand a result; decides nothing. */
  SECONDARY,
  /** Must not get worse by what matters, whatever the primary metric says. */
  GUARDRAIL
}
