package io.armwise.simulations.policy;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.inference.Standings;
import io.armwise.posterior.ExactSums;
import io.armwise.simulations.random.RandomStream;
import io.armwise.simulations.world.Batch;
import io.armwise.simulations.world.Tally;
import io.armwise.simulations.world.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a policy may look at when it divides the traffic: the evidence so far and, for the oracle,
 * the truth. Mutable; owned by one trial.
 */
public final class Situation {
  private ExperimentDefinition definition;
  private final Tally tally;
  private final Truth truth;
  private final RandomStream random;
  private @Nullable Standings standings;
  private @Nullable Shares shares;
  private long decisions;
  private int day;
  private int committed = -1;
  private @Nullable FadingTally fading;

  /**
   * The situation before the first decision.
   *
   * @param definition of the experiment on its first day
   * @param truth of this replication
   * @param random the policy's own stream
   */
  public Situation(ExperimentDefinition definition, Truth truth, RandomStream random) {
    this.definition = definition;
    this.truth = truth;
    this.random = random;
    this.tally = new Tally(definition.arms().size());
  }

  /** The experiment as of today. */
  public ExperimentDefinition definition() {
    return definition;
  }

  /** The evidence; changes go through {@link #learn}. */
  public Tally tally() {
    return tally;
  }

  /** Number of arms. */
  public int arms() {
    return tally.arms();
  }

  /** Whether an arm is in today. */
  public boolean isIn(int arm) {
    return truth.isIn(day, arm);
  }

  /** Number of arms that are in today. */
  int armsIn() {
    int in = 0;
    for (int arm = 0; arm < arms(); arm++) {
      in += isIn(arm) ? 1 : 0;
    }
    return in;
  }

  /** Decisions made so far. */
  public long decisions() {
    return decisions;
  }

  /** Where the policy's draws come from. */
  public RandomStream random() {
    return random;
  }

  /** What an oracle knows: the arm's mean of today. */
  double trueMean(int arm) {
    return truth.mean(day, arm);
  }

  /** The shares in force; null before the first allocation. */
  @Nullable Shares shares() {
    return shares;
  }

  void remember(Shares allocated) {
    shares = allocated;
  }

  /**
   * The arm that was chosen for as long as none comes or goes; drawn now from the shares if none
   * was.
   */
  int commit(Supplier<double[]> shares) {
    if (committed < 0) {
      long[] drawn = random.multinomial(1, shares.get());
      for (int arm = 0; arm < drawn.length; arm++) {
        if (drawn[arm] == 1) {
          committed = arm;
        }
      }
    }
    return committed;
  }

  /** Adds evidence. */
  public void learn(int arm, Batch batch) {
    tally.add(arm, batch);
    standings = null;
  }

  /** Forgets all about an arm whose place another one has taken; undoes a commitment. */
  public void forget(int arm) {
    tally.forget(arm);
    if (fading != null) {
      fading.forget(arm);
    }
    standings = null;
    committed = -1;
  }

  /** The evidence with the past counting less, brought up to date. */
  FadingTally fading(double discount) {
    FadingTally followed = fading == null ? new FadingTally(arms()) : fading;
    followed.follow(tally, decisions, discount);
    fading = followed;
    return followed;
  }

  /** Notes that decisions were made. */
  public void proceed(long made) {
    decisions += made;
  }

  /** Notes that a day begins, counted from 0. */
  public void begin(int newDay) {
    day = newDay;
  }

  /** Notes that arms came or went, which undoes a commitment. */
  public void change(ExperimentDefinition changed) {
    definition = changed;
    standings = null;
    committed = -1;
  }

  /** Where the arms stand, by the service's own inference; computed once per state of evidence. */
  public Standings standings() {
    Standings known = standings;
    if (known == null) {
      List<ExactSums> evidence = new ArrayList<>();
      for (int arm = 0; arm < arms(); arm++) {
        evidence.add(tally.exact(arm));
      }
      known = Standings.of(definition, evidence);
      standings = known;
    }
    return known;
  }
}
