package io.armwise.bandits.experiment;

import io.armwise.bandits.assignment.BucketRange;
import io.armwise.bandits.assignment.UnitHash;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * @param ramp the steps by which the share of traffic rises while the experiment is healthy
 * @param killed whether everybody gets the control arm at once, overrides and tokens included
 */
public record Participation(
    @Nullable LayerRange layer,
    @Nullable TargetingRule targeting,
    @Nullable TargetingRule exploitWhen,
    List<QaList> overrides,
    List<Prerequisite> prerequisites,
    List<String> excludes,
    List<RampStep> ramp,
    boolean killed) {

  /** Everybody takes part. */
  public static final Participation EVERYBODY =
      new Participation(null, null, null, List.of(), List.of(), List.of(), List.of(), false);

  /** Copies the lists. */
  public Participation {
    overrides = List.copyOf(overrides);
    prerequisites = List.copyOf(prerequisites);
    excludes = List.copyOf(excludes);
    ramp = List.copyOf(ramp);
  }

  /** The same, killed or alive. */
  public Participation withKilled(boolean wanted) {
    return new Participation(
        layer, targeting, exploitWhen, overrides, prerequisites, excludes, ramp, wanted);
  }

  /**
   * A step of a traffic ramp.
   *
   * @param share the share of traffic, in (0, 1]
   * @param hold how long the share is held at least before the next one
   */
  public record RampStep(double share, Duration hold) {}

  /**
   * A range of a layer's buckets.
   *
   * @param layer the layer's key
   * @param range the buckets whose units may take part
   */
  public record LayerRange(String layer, BucketRange range) {}

  /** Whether the unit is on one of the lists, and so no evidence. */
  public boolean lists(UnitHash unit) {
    for (QaList list : overrides) {
      if (list.units().containsKey(unit)) {
        return true;
      }
    }
    return false;
  }

  /**
   * A quality-assurance list: units that are shown one arm.
   *
   * @param arm the arm's key
   * @param units ids as callers send them, by their hash
   */
  public record QaList(String arm, Map<UnitHash, String> units) {
    /** Copies the units, in their order. */
    public QaList {
      units = Collections.unmodifiableMap(new LinkedHashMap<>(units));
    }

    /**
     * A list of units.
     *
     * @throws IllegalArgumentException if one is empty, too long or not well-formed
     */
    public static QaList of(String arm, List<String> units) {
      Map<UnitHash, String> hashed = new LinkedHashMap<>();
      units.forEach(unit -> hashed.put(UnitHash.of(unit), unit));
      return new QaList(arm, hashed);
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
