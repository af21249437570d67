package io.armwise.bandits.decision;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.assignment.ArmChoice;
import io.armwise.bandits.assignment.BucketRange;
import io.armwise.bandits.assignment.Holdout;
import io.armwise.bandits.assignment.Layer;
import io.armwise.bandits.assignment.Salt;
import io.armwise.bandits.assignment.Stage;
import io.armwise.bandits.assignment.TrafficGate;
import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.experiment.Participation;
import io.armwise.bandits.experiment.Participation.LayerRange;
import io.armwise.bandits.experiment.Participation.Prerequisite;
import io.armwise.bandits.experiment.TargetingRule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An experiment, compiled: everything that its decisions need, ready for {@link DecisionTable}.
 * Immutable; safe for use by any number of threads.
 */
public final class Plan {
  private final ExperimentState state;

  // What every decision reads lies here, not in the state: with many experiments each object on the
  // way is a miss of the cache.
  final @Nullable Reason silent;
  final long version;
  final @Nullable Layer layer;
  final BucketRange layerRange;
  final List<Holdout> holdouts;
  final @Nullable Targeting targeting;
  final @Nullable Targeting exploitWhen;
  final Map<UnitHash, Integer> armOfUnit;
  final List<Other> others;
  final TrafficGate gate;
  final Draws draws;

  private Plan(
      ExperimentState state,
      @Nullable Layer layer,
      List<Holdout> holdouts,
      @Nullable Targeting targeting,
      @Nullable Targeting exploitWhen,
      Map<UnitHash, Integer> armOfUnit,
      List<Other> others,
      TrafficGate gate,
      Draws draws) {
    this.state = state;
    this.silent = silent(state);
    this.version = state.version();
    LayerRange taken = state.participation().layer();
    this.layerRange = taken == null ? BucketRange.ALL : taken.range();
    this.layer = layer;
    this.holdouts = holdouts;
    this.targeting = targeting;
    this.exploitWhen = exploitWhen;
    this.armOfUnit = armOfUnit;
    this.others = others;
    this.gate = gate;
    this.draws = draws;
  }

  /** The reason why nobody is drawn, whatever the unit; null if units are. */
  private static @Nullable Reason silent(ExperimentState state) {
    if (state.participation().killed()) {
      return Reason.FALLBACK;
    }
    return switch (state.status()) {
      case RUNNING -> null;
      case PAUSED -> Reason.PAUSED;
      case DRAFT, STOPPED, ARCHIVED -> Reason.FALLBACK;
    };
  }

  /**
   * Another experiment that lets units in or keeps them out.
   *
   * @param arms keys of the arms that count; empty if all do
   */
  record Other(String experiment, List<String> arms, boolean excluded) {}

  /**
   * The arms that may be given.
   *
   * @param shares their shares; zero for all others
   * @param choice how they are drawn
   * @param allowed the arms, by index
   * @param fallback the arm where nothing is drawn
   * @param best the best of them as far as is known
   * @param drawable whether one of them has a share
   */
  record Draws(
      Shares shares, ArmChoice choice, BitSet allowed, int fallback, int best, boolean drawable) {}

  /**
   * Compiles an experiment.
   *
   * @param state the experiment
   * @param compiler for its conditions
   * @throws IllegalArgumentException if a condition or an override is not valid
   */
  public static Plan of(ExperimentState state, Targeting.Compiler compiler) {
    Participation participation = state.participation();
    LayerRange range = participation.layer();
    return new Plan(
        state,
        range == null ? null : new Layer(Salt.of(Stage.LAYER, range.layer())),
        state.holdouts().stream()
            .map(held -> new Holdout(Salt.of(Stage.HOLDOUT, held.key()), held.range()))
            .toList(),
        compiled(participation.targeting(), compiler),
        compiled(participation.exploitWhen(), compiler),
        armOfUnit(state),
        others(participation),
        TrafficGate.ofFraction(Salt.of(Stage.TRAFFIC, state.key()), state.trafficShare()),
        allArms(state));
  }

  private static @Nullable Targeting compiled(
      @Nullable TargetingRule rule, Targeting.Compiler compiler) {
    return rule == null ? null : compiler.compile(rule);
  }

  private static Map<UnitHash, Integer> armOfUnit(ExperimentState state) {
    Map<UnitHash, Integer> arms = new HashMap<>();
    for (Participation.QaList list : state.participation().overrides()) {
      int arm = state.armKeys().indexOf(list.arm());
      if (arm < 0) {
        throw new IllegalArgumentException(
            "overrides must name an arm of " + state.key() + ", got " + list.arm());
      }
      list.units().keySet().forEach(unit -> arms.put(unit, arm));
    }
    return Map.copyOf(arms);
  }

  private static List<Other> others(Participation participation) {
    List<Other> others = new ArrayList<>();
    for (Prerequisite wanted : participation.prerequisites()) {
      others.add(new Other(wanted.experiment(), wanted.arms(), false));
    }
    for (String experiment : participation.excludes()) {
      others.add(new Other(experiment, List.of(), true));
    }
    return List.copyOf(others);
  }

  private static Draws allArms(ExperimentState state) {
    BitSet all = new BitSet();
    all.set(0, state.armKeys().size());
    return new Draws(
        state.shares(),
        ArmChoice.of(state.shares(), state.slots(), Salt.of(Stage.ARM, state.key())),
        all,
        state.control(),
        state.best(),
        true);
  }

  /**
   * The same experiment for a caller that can show only some of the arms: drawn among them with
   * {@link Shares#among}. Where nothing is drawn, the control arm if it is among them, otherwise
   * the first.
   *
   * @param arms the arms that may be given, by index; at least one
   * @throws IllegalArgumentException if there is none, or one that the experiment does not have
   */
  public Plan among(BitSet arms) {
    if (!(!arms.isEmpty() && arms.length() <= state.armKeys().size())) {
      throw new IllegalArgumentException(
          "arms must be in [0, " + state.armKeys().size() + "), got " + arms);
    }
    int first = arms.nextSetBit(0);
    int fallback = arms.get(state.control()) ? state.control() : first;
    Shares divided = state.shares().among(arms).orElse(null);
    Shares shares = divided == null ? state.shares() : divided;
    int best = arms.get(state.best()) ? state.best() : largest(shares, arms, first);
    Draws restricted =
        new Draws(
            shares,
            ArmChoice.of(shares, state.slots(), Salt.of(Stage.ARM, state.key())),
            (BitSet) arms.clone(),
            fallback,
            best,
            divided != null);
    return new Plan(
        state, layer, holdouts, targeting, exploitWhen, armOfUnit, others, gate, restricted);
  }

  private static int largest(Shares shares, BitSet arms, int first) {
    return arms.stream()
        .filter(arm -> arm < shares.arms())
        .reduce(first, (a, b) -> shares.share(b) > shares.share(a) ? b : a);
  }

  /** The experiment. */
  public ExperimentState state() {
    return state;
  }

  /** The shares from which arms are drawn; of a restricted plan, those of the arms it may give. */
  public Shares shares() {
    return draws.shares();
  }

  /** Whether the experiment has a condition that has no value for these attributes. */
  public boolean conditionFails(Map<String, ?> attributes) {
    return targeting != null && targeting.test(attributes) == Targeting.Match.FAILED;
  }
}
