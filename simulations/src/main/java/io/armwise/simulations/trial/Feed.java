package io.armwise.simulations.trial;

import io.armwise.simulations.policy.Situation;
import io.armwise.simulations.random.RandomStream;
import io.armwise.simulations.world.Batch;
import io.armwise.simulations.world.Delay;
import io.armwise.simulations.world.World;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Brings outcomes to the evidence, at once or late. Mutable; one owner. */
final class Feed {
  private final World world;
  private final Situation situation;
  private final RandomStream arrivals;
  private final Deque<Maturing> maturing = new ArrayDeque<>();
  private final List<Waiting> waiting = new ArrayList<>();

  /** Units whose window closes at a time. */
  private record Maturing(int arm, double due, Batch batch) {}

  /** Conversions of units exposed at a time that have not arrived. */
  private static final class Waiting {
    private final int arm;
    private final double exposed;
    private final double share;
    private long left;
    private double arrivedShare;

    Waiting(int arm, double exposed, double share, long left) {
      this.arm = arm;
      this.exposed = exposed;
      this.share = share;
      this.left = left;
    }
  }

  Feed(World world, Situation situation, RandomStream arrivals) {
    this.world = world;
    this.situation = situation;
    this.arrivals = arrivals;
  }

  /**
   * Exposes units.
   *
   * @param day the time, in days
   * @param outcomes the arm's own stream
   */
  void expose(int arm, double mean, long units, double day, RandomStream outcomes) {
    switch (world.delay()) {
      case Delay.None none -> situation.learn(arm, world.draw(mean, units, outcomes));
      case Delay.Matured matured ->
          maturing.add(
              new Maturing(
                  arm,
                  day + matured.windowDays(),
                  world.draw(mean * matured.counted(), units, outcomes)));
      case Delay.Premature premature -> {
        Batch batch = world.draw(mean, units, outcomes);
        situation.learn(arm, Batch.ofSuccesses(batch.units(), 0));
        long conversions = (long) batch.sum();
        if (conversions > 0) {
          waiting.add(new Waiting(arm, day, 1 - premature.never(), conversions));
        }
      }
    }
  }

  /** Drops what is under way to an arm whose place another one has taken. */
  void forget(int arm) {
    maturing.removeIf(group -> group.arm() == arm);
    waiting.removeIf(group -> group.arm == arm);
  }

  /** Lets arrive what arrives until a time, in days. */
  void advance(double day) {
    switch (world.delay()) {
      case Delay.None none -> {}
      case Delay.Matured matured -> {
        while (!maturing.isEmpty() && maturing.peek().due() <= day) {
          Maturing due = maturing.remove();
          situation.learn(due.arm(), due.batch());
        }
      }
      case Delay.Premature premature -> {
        for (Waiting group : waiting) {
          double arrived = group.share * premature.law().within(Math.max(0, day - group.exposed));
          double hazard = (arrived - group.arrivedShare) / (1 - group.arrivedShare);
          long now = arrivals.binomial(group.left, Math.clamp(hazard, 0, 1));
          group.left -= now;
          group.arrivedShare = arrived;
          if (now > 0) {
            situation.learn(group.arm, new Batch(0, now, now));
          }
        }
        waiting.removeIf(group -> group.left == 0);
      }
    }
  }
}
