package io.armwise.bandits.assignment;

/**
 * A range of units that no experiment may touch, in buckets of its own: a layer with the salt of
 * stage {@link Stage#HOLDOUT}.
 *
 * @param salt the holdout's salt of stage {@link Stage#HOLDOUT}
 * @param range the buckets that are held out
 */
public record Holdout(Salt salt, BucketRange range) {

  /** Whether the unit is held out. */
  public boolean withholds(UnitHash unit) {
    return range.contains(new Layer(salt).bucket(unit));
  }
}
