package io.armwise.simulations.trial;

import io.armwise.posterior.BetaPrior;
import io.armwise.simulations.policy.PosteriorDraw;
import io.armwise.simulations.policy.Situation;
import io.armwise.simulations.random.BetaRace;
import io.armwise.simulations.random.RandomStream;
import io.armwise.simulations.world.Batch;
import io.armwise.simulations.world.Bernoulli;
import io.armwise.simulations.world.Delay;
import io.armwise.simulations.world.Drift;
import io.armwise.simulations.world.Lifetimes;
import io.armwise.simulations.world.Losses;
import io.armwise.simulations.world.Truth;
import io.armwise.simulations.world.Visitors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Thompson sampling of rates by drawing that learns from every decision before the next, without
 * the objects of the general way and at a tenth of its cost: three arms and more take the general
 * course to the bit, two arms one of the same law by {@link TwoRates}. Tests hold to both. Mutable;
 * one owner.
 */
final class DrawingLoop {
  private final Situation situation;
  private final Truth truth;
  private final RandomStream random;
  private final RandomStream[] outcomes;
  private final long burnInUnits;
  private final double alpha;
  private final double beta;
  private final BetaRace race;
  private final @Nullable TwoRates two;
  private final long[] units;
  private final long[] successes;
  private long rarestUnits;
  private double regret;

  DrawingLoop(Design design, Situation situation, Truth truth, RandomStream[] outcomes) {
    this.situation = situation;
    this.truth = truth;
    this.random = situation.random();
    this.outcomes = outcomes;
    this.burnInUnits = design.policy() instanceof PosteriorDraw(long some) ? some : 0;
    BetaPrior prior = PosteriorDraw.prior(design.metric());
    this.alpha = prior.alpha();
    this.beta = prior.beta();
    int arms = outcomes.length;
    this.race = new BetaRace(arms);
    this.two = arms == 2 ? new TwoRates(alpha, beta) : null;
    this.units = new long[arms];
    this.successes = new long[arms];
    for (int arm = 0; arm < arms; arm++) {
      race.setAlpha(arm, alpha);
      race.setBeta(arm, beta);
    }
  }

  /** Whether a design is of this kind. */
  static boolean fits(Design design) {
    return design.policy() instanceof PosteriorDraw
        && design.schedule().cadence() == 1
        && design.world().law() instanceof Bernoulli
        && design.world().delay() instanceof Delay.None
        && design.world().losses().equals(Losses.NONE)
        && !(design.world().drift() instanceof Drift.Replacement && design.world().arms() == 2)
        && design.world().lifetimes().equals(Lifetimes.ALL)
        && design.world().visitors() instanceof Visitors.Once;
  }

  /** Forgets all about one of three or more arms. */
  void forget(int arm) {
    units[arm] = 0;
    successes[arm] = 0;
    rarestUnits = 0;
    race.setAlpha(arm, alpha);
    race.setBeta(arm, beta);
  }

  /** Regret of all days so far. */
  double regret() {
    return regret;
  }

  /**
   * Plays a day.
   *
   * @param day from 0
   * @param played is set to the day's units per arm, shape (arms)
   */
  void play(int day, long decisions, long[] played) {
    int arms = played.length;
    double[] means = new double[arms];
    double[] gaps = new double[arms];
    Arrays.setAll(means, arm -> truth.mean(day, arm));
    Arrays.setAll(gaps, arm -> truth.gap(day, arm));
    long[] unitsBefore = units.clone();
    long[] successesBefore = successes.clone();
    double lost = regret;
    for (long decision = 0; decision < decisions; decision++) {
      int arm = rarestUnits < burnInUnits ? next() : draw();
      units[arm]++;
      if (outcomes[arm].binomial(1, means[arm]) == 1) {
        successes[arm]++;
        if (two == null) {
          race.setAlpha(arm, alpha + successes[arm]);
        } else {
          two.succeed(arm);
        }
      } else if (two == null) {
        race.setBeta(arm, beta + units[arm] - successes[arm]);
      } else {
        two.fail(arm);
      }
      lost += gaps[arm];
    }
    regret = lost;
    for (int arm = 0; arm < arms; arm++) {
      played[arm] = units[arm] - unitsBefore[arm];
      situation.learn(arm, Batch.ofSuccesses(played[arm], successes[arm] - successesBefore[arm]));
    }
    situation.proceed(decisions);
  }

  /** The arm of fewest units as long as it is in its burn-in. */
  private int next() {
    int rarest = 0;
    for (int arm = 1; arm < units.length; arm++) {
      if (units[arm] < units[rarest]) {
        rarest = arm;
      }
    }
    rarestUnits = units[rarest];
    return rarestUnits < burnInUnits ? rarest : draw();
  }

  private int draw() {
    return two == null ? race.largest(random) : two.larger(random);
  }
}
