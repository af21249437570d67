package io.armwise.bandits.experiment;

import io.armwise.bandits.assignment.BucketRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part in an experiment, and who is led around the draw.
 *
 * @param layer the range of a layer that the experiment takes, or null for all units
 * @param targeting the condition on a unit's attributes, or null for everybody
 * @param exploitWhen the condition under which a unit gets the best arm and teaches nothing, or
 *     null
 * @param overrides units that get a certain arm, whatever the shares; left out of the evidence
 * @param prerequisites experiments that a unit must be in
 * @param excludes keys of experiments whose units may not take part in this one
 * @param killed whether everybody gets the control arm at once, overrides and tokens included
 */
public record Participation(
    @Nullable LayerRange layer,
    @Nullable TargetingRule targeting,
    @Nullable TargetingRule exploitWhen,
    List<QaList> overrides,
    List<Prerequisite> prerequisites,
    List<String> excludes,
    boolean killed) {

  /** Everybody takes part. */
  public static final Participation EVERYBODY =
      new Participation(null, null, null, List.of(), List.of(), List.of(), false);

  /** Copies the lists. */
  public Participation {
    overrides = List.copyOf(overrides);
    prerequisites = List.copyOf(prerequisites);
    excludes = List.copyOf(excludes);
  }

  /**
   * A range of a layer's buckets.
   *
   * @param layer the layer's key
   * @param range the buckets whose units may take part
   */
  public record LayerRange(String layer, BucketRange range) {}

  /**
   * A quality-assurance list: units that are shown one arm.
   *
   * @param arm the arm's key
   * @param units ids as callers send them
   */
  public record QaList(String arm, List<String> units) {
    /** Copies the list. */
    public QaList {
      units = List.copyOf(units);
    }
  }

  /**
   * A unit takes part only if the other experiment gives it an arm that counts.
   *
   * @param experiment the other experiment's key
   * @param arms keys of the arms that count; empty if all do
   */
  public record Prerequisite(String experiment, List<String> arms) {
    /** Copies the list. */
    public Prerequisite {
      arms = List.copyOf(arms);
    }
  }
}
