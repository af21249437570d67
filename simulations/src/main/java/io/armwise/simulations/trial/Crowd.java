package io.armwise.simulations.trial;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.assignment.ArmChoice;
import io.armwise.bandits.assignment.Salt;
import io.armwise.bandits.assignment.Slots;
import io.armwise.bandits.assignment.Stage;
import io.armwise.bandits.assignment.UnitHash;
import io.armwise.simulations.policy.Situation;
import io.armwise.simulations.random.RandomStream;
import io.armwise.simulations.world.Batch;
import io.armwise.simulations.world.LogRows;
import io.armwise.simulations.world.Visitors;
import io.armwise.simulations.world.World;
import java.util.Arrays;

/** The visitors of one replication: shows them arms and brings what is new to the evidence. */
sealed interface Crowd {

  /**
   * So many visits while the shares stand still.
   *
   * @param shares probabilities in arm order
   * @param day from 0
   * @param time in days
   * @return visits that were shown each arm, shape (arms)
   */
  long[] come(long visits, double[] shares, int day, double time);

  /** Fraction of repeated visits that were shown another arm than the unit's first; 0 of none. */
  double moved();

  /**
   * The crowd of a world.
   *
   * @param traffic chooses who comes
   * @param units makes the units
   * @param exposure what happens to new units
   */
  static Crowd of(
      World world,
      Situation situation,
      RandomStream traffic,
      RandomStream units,
      Exposure exposure) {
    return switch (world.visitors()) {
      case Visitors.Once _ -> new NewUnits(traffic, exposure);
      case Visitors.Returning(int population, boolean sticky) ->
          new ReturningUnits(population, sticky, situation, traffic, units, exposure);
      case Visitors.Logged(LogRows rows) -> new LogReplay(rows, situation, traffic, units);
    };
  }

  /** Exposes new units. */
  @FunctionalInterface
  interface Exposure {
    /** So many units see an arm for the first time. */
    void expose(int arm, long units, int day, double time);
  }

  /** Every visit is a new unit's. */
  record NewUnits(RandomStream traffic, Exposure exposure) implements Crowd {
    @Override
    public long[] come(long visits, double[] shares, int day, double time) {
      long[] shown = traffic.multinomial(visits, shares);
      for (int arm = 0; arm < shown.length; arm++) {
        if (shown[arm] > 0) {
          exposure.expose(arm, shown[arm], day, time);
        }
      }
      return shown;
    }

    @Override
    public double moved() {
      return 0;
    }
  }

  /** Units come back; the service's own assignment says what they see. */
  final class ReturningUnits implements Crowd {
    private static final short NEVER = -1;
    private static final Salt SALT = Salt.of(Stage.ARM, "simulated");

    private final boolean sticky;
    private final Situation situation;
    private final RandomStream traffic;
    private final Exposure exposure;
    private final UnitHash[] units;
    private final short[] first;
    private long returned;
    private long moved;

    private ReturningUnits(
        int population,
        boolean sticky,
        Situation situation,
        RandomStream traffic,
        RandomStream hashes,
        Exposure exposure) {
      this.sticky = sticky;
      this.situation = situation;
      this.traffic = traffic;
      this.exposure = exposure;
      this.units = new UnitHash[population];
      Arrays.setAll(units, unit -> new UnitHash(hashes.nextLong(), hashes.nextLong()));
      this.first = new short[population];
      Arrays.fill(first, NEVER);
    }

    @Override
    public long[] come(long visits, double[] shares, int day, double time) {
      ArmChoice choice = ArmChoice.of(Shares.ofProbabilities(shares), slots(shares.length), SALT);
      long[] shown = new long[shares.length];
      long[] fresh = new long[shares.length];
      for (long visit = 0; visit < visits; visit++) {
        int unit = traffic.below(units.length);
        short before = first[unit];
        int arm =
            sticky && before != NEVER && situation.isIn(before) ? before : choice.arm(units[unit]);
        shown[arm]++;
        if (before == NEVER) {
          first[unit] = (short) arm;
          fresh[arm]++;
        } else {
          returned++;
          moved += arm == before ? 0 : 1;
        }
      }
      for (int arm = 0; arm < fresh.length; arm++) {
        if (fresh[arm] > 0) {
          exposure.expose(arm, fresh[arm], day, time);
        }
      }
      return shown;
    }

    /** The fewest that hold the arms; how many there are has no influence on who moves. */
    private static Slots slots(int arms) {
      return Arrays.stream(Slots.values()).filter(s -> s.count() >= arms).findFirst().orElseThrow();
    }

    @Override
    public double moved() {
      return returned == 0 ? 0 : (double) moved / returned;
    }
  }

  /** A log goes round; rows whose arm the policy would have played are used. */
  final class LogReplay implements Crowd {
    private final LogRows rows;
    private final Situation situation;
    private final RandomStream traffic;
    private int next;

    private LogReplay(LogRows rows, Situation situation, RandomStream traffic, RandomStream start) {
      this.rows = rows;
      this.situation = situation;
      this.traffic = traffic;
      this.next = start.below(rows.size());
    }

    @Override
    public long[] come(long visits, double[] shares, int day, double time) {
      long[] shown = new long[shares.length];
      long[] successes = new long[shares.length];
      for (long used = 0; used < visits; next = (next + 1) % rows.size()) {
        int arm = rows.arm(next);
        if (traffic.chance(shares[arm] * rows.weight(next))) {
          shown[arm]++;
          successes[arm] += rows.isSuccess(next) ? 1 : 0;
          used++;
        }
      }
      for (int arm = 0; arm < shown.length; arm++) {
        if (shown[arm] > 0) {
          situation.learn(arm, Batch.ofSuccesses(shown[arm], successes[arm]));
        }
      }
      return shown;
    }

    @Override
    public double moved() {
      return 0;
    }
  }
}
