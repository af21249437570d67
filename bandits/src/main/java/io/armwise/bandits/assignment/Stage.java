package io.armwise.bandits.assignment;

/**
 * The questions that are asked of a unit, each with a hash of its own.
 *
 * <p>The tag is part of what is hashed into a {@link Salt}, so two stages never share a hash even
 * where they share a key: otherwise "in the first 10 % of traffic" would also mean "in the first
 * arm".
 */
public enum Stage {
  /** Is the unit kept out of all experiments? */
  HOLDOUT("holdout"),
  /** Which bucket of a layer is the unit in, and so which of its experiments? */
  LAYER("layer"),
  /** Is the unit in the experiment's share of traffic? */
  TRAFFIC("traffic"),
  /** Which arm does the unit get? */
  ARM("arm");

  private final String tag;

  Stage(String tag) {
    this.tag = tag;
  }

  /** The frozen name that is hashed. */
  public String tag() {
    return tag;
  }
}
