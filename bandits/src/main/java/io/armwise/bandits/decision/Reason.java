package io.armwise.bandits.decision;

import java.util.Locale;

/** Why a unit got its arm. */
public enum Reason {
  /** Drawn from the shares in force. */
  ALLOCATED,
  /** The arm of the unit's last decision, which it handed back. */
  STICKY,
  /** The unit is on a list for this arm; the decision is left out of the evidence. */
  OVERRIDE,
  /** The unit is held out of all experiments, or of all in this layer: control. */
  HOLDOUT,
  /** The condition, a prerequisite or an excluded experiment keeps the unit out: control. */
  NOT_TARGETED,
  /** Outside the experiment's range of its layer, or outside its share of traffic: control. */
  NOT_IN_TRAFFIC,
  /** The experiment is paused: control. */
  PAUSED,
  /** The experiment is killed or does not run, or no wanted arm has a share: control. */
  FALLBACK,
  /** The best arm, for a unit from which nothing is learned. */
  EXPLOIT;

  /** The word that callers read, for example {@code not-in-traffic}. */
  public String json() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the arm was drawn by chance, now or before, so that its outcomes are evidence. */
  public boolean isEvidence() {
    return this == ALLOCATED || this == STICKY;
  }
}
