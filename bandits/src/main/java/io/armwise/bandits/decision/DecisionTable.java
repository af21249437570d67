package io.armwise.bandits.decision;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.assignment.ArmChoice.Draw;
import io.armwise.bandits.assignment.Holdout;
import io.armwise.bandits.assignment.Layer;
import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.decision.Targeting.Match;
import io.armwise.bandits.experiment.Participation.LayerRange;
import io.armwise.bandits.token.DecisionToken;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All experiments, compiled, and the one way from a unit to its arm. The stages, in their order:
 *
 * <ol>
 *   <li>killed or not running: {@link Reason#FALLBACK}; paused: {@link Reason#PAUSED}
 *   <li>on a list: {@link Reason#OVERRIDE}
 *   <li>held out: {@link Reason#HOLDOUT}
 *   <li>outside the range of the layer: {@link Reason#NOT_IN_TRAFFIC}
 *   <li>the condition does not hold, a prerequisite is not met, or an excluded experiment has the
 *       unit: {@link Reason#NOT_TARGETED}
 *   <li>outside the share of traffic: {@link Reason#NOT_IN_TRAFFIC}
 *   <li>nothing is to be learned: {@link Reason#EXPLOIT}
 *   <li>the last decision's arm is live: {@link Reason#STICKY}
 *   <li>{@link Reason#ALLOCATED}
 * </ol>
 *
 * <p>Each random stage has a salt of its own. A decision allocates its answer and nothing else.
 * Immutable; safe for use by any number of threads.
 */
public final class DecisionTable {

  /** How far prerequisites of prerequisites are followed; what lies deeper counts as not met. */
  public static final int MAX_DEPTH = 8;

  /** A table without experiments. */
  public static final DecisionTable EMPTY = of(List.of());

  private final Map<String, Plan> plans;

  private DecisionTable(Map<String, Plan> plans) {
    this.plans = plans;
  }

  /**
   * A table of experiments.
   *
   * @throws IllegalArgumentException if two have the same key, and so the same salts
   */
  public static DecisionTable of(Collection<Plan> plans) {
    Map<String, Plan> byKey = new HashMap<>();
    for (Plan plan : plans) {
      if (byKey.put(plan.state().key(), plan) != null) {
        throw new IllegalArgumentException("keys must differ, got twice " + plan.state().key());
      }
    }
    return new DecisionTable(Map.copyOf(byKey));
  }

  /** The experiment with this key. */
  public Optional<Plan> find(String key) {
    return Optional.ofNullable(plans.get(key));
  }

  /** The keys of all experiments. */
  public Set<String> keys() {
    return plans.keySet();
  }

  /**
   * The arm of a unit.
   *
   * @param plan an experiment of this table, or one restricted by {@link Plan#among}
   * @param question the unit with what is known of it
   * @return the arm; always one of those that may be given
   */
  public Choice decide(Plan plan, Question question) {
    return decide(plan, question, null, 0);
  }

  /**
   * The same decision with the way to it.
   *
   * @return the decision of {@link #decide(Plan, Question)}, with the stages it passed
   */
  public Explanation explain(Plan plan, Question question) {
    List<Step> steps = new ArrayList<>();
    Choice choice = decide(plan, question, steps, 0);
    return new Explanation(choice, steps);
  }

  /**
   * Distinct arms for the places of a list. The first is that of {@link #decide(Plan, Question)};
   * if it was drawn, so are the others, each with its share divided by the shares of all arms not
   * yet placed (the law of Plackett and Luce): the probability of the whole list is the product.
   *
   * @param count how many places there are, at least 1
   * @return at most {@code count} choices; fewer if fewer arms have a share; one if nothing was
   *     drawn
   */
  public List<Choice> rank(Plan plan, Question question, int count) {
    Choice first = decide(plan, question.after(null), null, 0);
    if (first.reason() != Reason.ALLOCATED) {
      return List.of(first);
    }
    Shares shares = plan.draws.shares();
    List<Choice> ranked = new ArrayList<>(count);
    long rest = Shares.TOTAL;
    for (int arm : plan.draws.choice().ranking(question.unit(), count)) {
      long share = shares.share(arm);
      ranked.add(new Choice(Reason.ALLOCATED, arm, conditional(share, rest), first.version()));
      rest -= share;
    }
    return ranked;
  }

  /** {@code share/rest} to the nearest multiple of 2^−32, but never 0. */
  private static long conditional(long share, long rest) {
    if (share == rest) {
      return Shares.TOTAL;
    }
    long quotient = Long.divideUnsigned(share << 32, rest);
    boolean up = Long.remainderUnsigned(share << 32, rest) >= rest - rest / 2;
    return Math.max(1, quotient + (up ? 1 : 0));
  }

  private Choice decide(Plan plan, Question question, @Nullable List<Step> steps, int depth) {
    Reason reason = reason(plan, question, steps, depth);
    return switch (reason) {
      case OVERRIDE -> certain(plan, reason, listedArm(plan, question.unit()));
      case EXPLOIT -> certain(plan, reason, plan.draws.best());
      case STICKY -> kept(plan, question);
      case ALLOCATED -> drawn(plan, question.unit(), steps);
      case HOLDOUT, NOT_TARGETED, NOT_IN_TRAFFIC, PAUSED, FALLBACK ->
          certain(plan, reason, plan.draws.fallback());
    };
  }

  private Reason reason(Plan plan, Question question, @Nullable List<Step> steps, int depth) {
    Reason silent = lifecycle(plan, steps);
    return silent == null ? entry(plan, question, steps, depth) : silent;
  }

  /** The reason that follows from the unit, as if the experiment were running. */
  private Reason entry(Plan plan, Question question, @Nullable List<Step> steps, int depth) {
    UnitHash unit = question.unit();
    if (isListed(plan, unit, steps)) {
      return Reason.OVERRIDE;
    }
    if (isHeldOut(plan, unit, steps)) {
      return Reason.HOLDOUT;
    }
    if (!isInLayer(plan, unit, steps)) {
      return Reason.NOT_IN_TRAFFIC;
    }
    if (!isTargeted(plan, question, steps) || !suitsOthers(plan, question, steps, depth)) {
      return Reason.NOT_TARGETED;
    }
    if (!isAdmitted(plan, unit, steps)) {
      return Reason.NOT_IN_TRAFFIC;
    }
    if (!plan.draws.drawable()) {
      return Reason.FALLBACK;
    }
    if (isExploited(plan, question, steps)) {
      return Reason.EXPLOIT;
    }
    return keepsArm(plan, question, steps) ? Reason.STICKY : Reason.ALLOCATED;
  }

  private static @Nullable Reason lifecycle(Plan plan, @Nullable List<Step> steps) {
    if (steps != null) {
      steps.add(new Step.Lifecycle(plan.state().status(), plan.state().participation().killed()));
    }
    return plan.silent;
  }

  private static boolean isListed(Plan plan, UnitHash unit, @Nullable List<Step> steps) {
    int arm = listedArm(plan, unit);
    if (steps != null) {
      steps.add(new Step.Listed(arm >= 0, arm));
    }
    return arm >= 0;
  }

  /** The arm of the list that the unit is on, −1 if there is none or it may not be given. */
  private static int listedArm(Plan plan, UnitHash unit) {
    if (plan.armOfUnit.isEmpty()) {
      return -1;
    }
    Integer arm = plan.armOfUnit.get(unit);
    return arm != null && plan.draws.allowed().get(arm) ? arm : -1;
  }

  private static boolean isHeldOut(Plan plan, UnitHash unit, @Nullable List<Step> steps) {
    for (int i = 0; i < plan.holdouts.size(); i++) {
      Holdout holdout = plan.holdouts.get(i);
      boolean withheld = holdout.withholds(unit);
      if (steps != null) {
        steps.add(
            new Step.HeldOut(
                plan.state().holdouts().get(i).key(),
                holdout.salt(),
                holdout.salt().value(unit, 0),
                new Layer(holdout.salt()).bucket(unit),
                holdout.range(),
                withheld));
      }
      if (withheld) {
        return true;
      }
    }
    return false;
  }

  private static boolean isInLayer(Plan plan, UnitHash unit, @Nullable List<Step> steps) {
    Layer layer = plan.layer;
    if (layer == null) {
      return true;
    }
    int bucket = layer.bucket(unit);
    boolean inside = plan.layerRange.contains(bucket);
    LayerRange taken = steps == null ? null : plan.state().participation().layer();
    if (steps != null && taken != null) {
      steps.add(
          new Step.InLayer(
              taken.layer(),
              layer.salt(),
              layer.salt().value(unit, 0),
              bucket,
              plan.layerRange,
              inside));
    }
    return inside;
  }

  private static boolean isTargeted(Plan plan, Question question, @Nullable List<Step> steps) {
    Targeting targeting = plan.targeting;
    if (targeting == null) {
      return true;
    }
    Match match = targeting.test(question.attributes());
    if (steps != null) {
      steps.add(
          new Step.Targeted(
              targeting.rule().expression(), match, targeting.failure(question.attributes())));
    }
    return match == Match.YES;
  }

  private boolean suitsOthers(Plan plan, Question question, @Nullable List<Step> steps, int depth) {
    for (int i = 0; i < plan.others.size(); i++) {
      Plan.Other other = plan.others.get(i);
      boolean inside = isIn(other, question, depth);
      if (steps != null) {
        steps.add(new Step.Other(other.experiment(), other.excluded(), inside));
      }
      if (inside == other.excluded()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the unit is in the other experiment, with an arm that counts. A pause lets nobody pass
   * a prerequisite, since all get the control arm; but it frees nobody from an exclusion, or units
   * would be in both experiments when the pause ends.
   */
  private boolean isIn(Plan.Other other, Question question, int depth) {
    Plan plan = plans.get(other.experiment());
    if (plan == null || depth >= MAX_DEPTH) {
      return false;
    }
    // The token belongs to the experiment that was asked for, so it is passed over here.
    Question asked = question.after(null);
    if (other.excluded()) {
      return plan.state().status().isLearning() && isInside(entry(plan, asked, null, depth + 1));
    }
    Choice choice = decide(plan, asked, null, depth + 1);
    return isInside(choice.reason())
        && (other.arms().isEmpty()
            || other.arms().contains(plan.state().armKeys().get(choice.arm())));
  }

  private static boolean isInside(Reason reason) {
    return switch (reason) {
      case ALLOCATED, STICKY, OVERRIDE, EXPLOIT -> true;
      case HOLDOUT, NOT_TARGETED, NOT_IN_TRAFFIC, PAUSED, FALLBACK -> false;
    };
  }

  private static boolean isAdmitted(Plan plan, UnitHash unit, @Nullable List<Step> steps) {
    boolean admitted = plan.gate.admits(unit);
    if (steps != null) {
      steps.add(
          new Step.Traffic(
              plan.gate.salt(), plan.gate.salt().value(unit, 0), plan.gate.share(), admitted));
    }
    return admitted;
  }

  private static boolean isExploited(Plan plan, Question question, @Nullable List<Step> steps) {
    Targeting condition = plan.exploitWhen;
    Match match = condition == null ? Match.NO : condition.test(question.attributes());
    if (steps != null) {
      steps.add(new Step.Exploited(question.exploit(), match, plan.draws.best()));
    }
    return question.exploit() || match == Match.YES;
  }

  private static boolean keepsArm(Plan plan, Question question, @Nullable List<Step> steps) {
    DecisionToken last = question.last();
    if (last == null) {
      return false;
    }
    String against = against(plan, question.unit(), last);
    if (steps != null) {
      steps.add(new Step.Kept(last, against.isEmpty(), against));
    }
    return against.isEmpty();
  }

  private static String against(Plan plan, UnitHash unit, DecisionToken last) {
    Shares shares = plan.draws.shares();
    if (last.experiment() != plan.state().id()) {
      return "the decision belongs to another experiment";
    }
    if (!last.unit().equals(unit)) {
      return "the decision belongs to another unit";
    }
    if (last.share() == 0) {
      return "the decision was an override";
    }
    if (last.arm() >= shares.arms() || shares.share(last.arm()) == 0) {
      return "the arm gets no traffic any more";
    }
    return "";
  }

  private static Choice kept(Plan plan, Question question) {
    DecisionToken last = question.last();
    if (last == null) {
      throw new AssertionError("only a decision that was handed back is kept: " + plan.state());
    }
    return new Choice(Reason.STICKY, last.arm(), last.share(), last.version());
  }

  private static Choice drawn(Plan plan, UnitHash unit, @Nullable List<Step> steps) {
    int arm = plan.draws.choice().arm(unit);
    long share = plan.draws.shares().share(arm);
    if (steps != null) {
      Draw draw = plan.draws.choice().draw(unit);
      steps.add(new Step.Drawn(draw, share));
    }
    return new Choice(Reason.ALLOCATED, arm, share, plan.version);
  }

  private static Choice certain(Plan plan, Reason reason, int arm) {
    return new Choice(reason, arm, Shares.TOTAL, plan.version);
  }
}
