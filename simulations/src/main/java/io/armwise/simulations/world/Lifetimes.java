package io.armwise.simulations.world;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which arms are in the experiment on which days: arms that are added late or retired early. An arm
 * that is not named is in from the first day to the last.
 *
 * @param lives at most one per arm; the control, arm 0, has none
 */
public record Lifetimes(List<Life> lives) {
  /** All arms from the first day to the last. */
  public static final Lifetimes ALL = new Lifetimes(List.of());

  /**
   * The days of one arm.
   *
   * @param arm from 1
   * @param from its first day, counted from 1
   * @param until its last day, at least {@code from}; no later than the last one may have a number
   */
  public record Life(int arm, int from, int until) {
    /** Guards the order. */
    public Life {
      if (!(arm >= 1)) {
        throw new IllegalArgumentException(
            "an arm that comes or goes must be >= 1, since the control stays, got " + arm);
      }
      if (!(from >= 1)) {
        throw new IllegalArgumentException("from must be >= 1, got " + from);
      }
      if (!(until >= from)) {
        throw new IllegalArgumentException("until must be >= from, got " + until);
      }
    }

    private boolean isOn(int day) {
      return from <= day && day <= until;
    }
  }

  /** Guards that no arm has two. */
  public Lifetimes {
    lives = List.copyOf(lives);
    Set<Integer> arms = new HashSet<>();
    for (Life life : lives) {
      if (!arms.add(life.arm())) {
        throw new IllegalArgumentException(
            "an arm must have one lifetime, got two of " + life.arm());
      }
    }
  }

  /**
   * Whether an arm is in.
   *
   * @param arm from 0
   * @param day from 0
   */
  public boolean isIn(int arm, int day) {
    for (Life life : lives) {
      if (life.arm() == arm) {
        return life.isOn(day + 1);
      }
    }
    return true;
  }

  /** Whether other arms are in than on the day before. */
  public boolean changesOn(int day) {
    return lives.stream().anyMatch(life -> day > 0 && life.isOn(day + 1) != life.isOn(day));
  }

  void require(int arms) {
    for (Life life : lives) {
      if (!(life.arm() < arms)) {
        throw new IllegalArgumentException(
            "lifetimes must be of arms below " + arms + ", got " + life.arm());
      }
    }
  }

  /**
   * Checks a course of so many days.
   *
   * @throws IllegalArgumentException if there is a day with fewer than two arms
   */
  public void requireTwo(int arms, int days) {
    for (int day = 0; day < days; day++) {
      int in = 0;
      for (int arm = 0; arm < arms; arm++) {
        in += isIn(arm, day) ? 1 : 0;
      }
      if (!(in >= 2)) {
        throw new IllegalArgumentException(
            "at least two arms must be in every day, got " + in + " on day " + (day + 1));
      }
    }
  }
}
