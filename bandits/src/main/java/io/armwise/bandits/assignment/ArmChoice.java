package io.armwise.bandits.assignment;

import io.armwise.bandits.allocation.Shares;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Draws a unit's arm from integer shares by consistent weighted sampling: each arm gets its share,
 * and when shares change, few units move.
 *
 * <p>For t = 0, 1, 2, … the unit's value {@code h = salt.value(unit, t)} names a slot (its highest
 * bits) and a threshold (its lowest 32 bits). The first slot whose share exceeds the threshold is
 * the arm:
 *
 * <pre>{@code P(arm = i) = share[i] / 2^32 exactly, for ideal values h}</pre>
 *
 * <p>The trials of a unit do not depend on the shares, so a change of shares can only
 *
 * <ul>
 *   <li>accept a trial that was refused: in an arm whose share rose; or
 *   <li>refuse the trial that was accepted: in an arm whose share fell.
 * </ul>
 *
 * Hence the only arm that rises loses nobody, the only arm that falls gains nobody, and of all
 * units at most {@code 2·TV/(1 + TV)} move, TV being {@link Shares#distance}.
 *
 * <p>A trial is accepted with probability 1/slots, so a draw takes that many trials on average. It
 * stops after {@value #TRIALS_PER_SLOT} × slots of them, which happens to one unit in {@code e^64 ≈
 * 6·10^27}, and then inverts the cumulative shares at the next value. Allocates nothing.
 *
 * <p>Source: A. Shrivastava, "Simple and efficient weighted minwise hashing", NIPS 2016, algorithm
 * 2, on integers. Immutable; safe for use by any number of threads.
 */
public final class ArmChoice {

  /** After how many trials per slot the rejection loop gives up. */
  static final int TRIALS_PER_SLOT = 64;

  private static final int DENSE_SLOTS_PER_ARM = 16;
  private static final long LOW_32_BITS = 0xffff_ffffL;

  private final long salt;

  /** Of the slots that have an arm, which are the first. */
  private final long[] shares;

  private final int slots;
  private final int slotShift;

  /** The highest value, unsigned, that names a slot with an arm. */
  private final long highest;

  /**
   * The shares, and 0 for every slot without an arm; null if few slots have one.
   *
   * <p>Where many have one, each trial looks at its limit. Otherwise most trials name a slot
   * without an arm and are refused by {@link #highest} alone; but the processor foresees that
   * comparison wrongly about twice for every arm, which takes longer than some hundred looks.
   */
  private final long @Nullable [] limits;

  /** The arm that every unit gets because it has the whole share; −1 if there is none. */
  private final int certain;

  private ArmChoice(long salt, long[] shares, Slots slots) {
    this.salt = salt;
    this.shares = shares;
    this.slots = slots.count();
    this.slotShift = Long.SIZE - slots.bits();
    this.highest = ((long) shares.length << slotShift) - 1;
    this.limits =
        this.slots <= DENSE_SLOTS_PER_ARM * shares.length
            ? Arrays.copyOf(shares, this.slots)
            : null;
    this.certain =
        IntStream.range(0, shares.length)
            .filter(arm -> shares[arm] == Shares.TOTAL)
            .findFirst()
            .orElse(-1);
  }

  /**
   * A choice among arms 0 … {@code shares.arms() − 1}, arm i in slot i.
   *
   * @param shares the arms' shares
   * @param slots the experiment's slots, at least as many as arms
   * @param salt the experiment's salt of stage {@link Stage#ARM}
   * @return the choice
   * @throws IllegalArgumentException if there are more arms than slots
   */
  public static ArmChoice of(Shares shares, Slots slots, Salt salt) {
    if (shares.arms() > slots.count()) {
      throw new IllegalArgumentException(
          "arms must be at most the number of slots "
              + slots.count()
              + ", got "
              + shares.arms()
              + " arms");
    }
    return new ArmChoice(
        salt.value(), IntStream.range(0, shares.arms()).mapToLong(shares::share).toArray(), slots);
  }

  /**
   * The unit's arm.
   *
   * @param unit the unit
   * @return the index of an arm whose share is positive
   */
  public int arm(UnitHash unit) {
    return certain >= 0 ? certain : arm(unit, TRIALS_PER_SLOT * slots);
  }

  int arm(UnitHash unit, int trials) {
    long start = SplitMix.start(unit.first(), salt);
    int arm = limits == null ? amongFew(start, trials) : amongMany(limits, start, trials);
    return arm >= 0 ? arm : invert(SplitMix.value(start, trials) & LOW_32_BITS);
  }

  /** The arm of the first trial that is accepted; −1 if none is. */
  private int amongMany(long[] limits, long start, int trials) {
    long counter = start;
    for (int t = 0; t < trials; t++) {
      counter += SplitMix.INCREMENT;
      long h = SplitMix.mix(counter);
      int slot = (int) (h >>> slotShift);
      if ((h & LOW_32_BITS) < limits[slot & (limits.length - 1)]) {
        return slot;
      }
    }
    return -1;
  }

  /** The same where most trials name a slot without an arm: these are not even mixed to the end. */
  private int amongFew(long start, int trials) {
    long counter = start;
    int left = trials;
    while (true) {
      long almost;
      do {
        if (left-- == 0) {
          return -1;
        }
        counter += SplitMix.INCREMENT;
        almost = SplitMix.almostMix(counter);
      } while (Long.compareUnsigned(almost, highest) > 0);
      int slot = (int) (almost >>> slotShift);
      if ((SplitMix.finish(almost) & LOW_32_BITS) < shares[slot]) {
        return slot;
      }
    }
  }

  /**
   * The unit's arm with the numbers that led to it.
   *
   * @param unit the unit
   * @return the draw whose arm is {@link #arm(UnitHash)}
   */
  public Draw draw(UnitHash unit) {
    int arm = arm(unit);
    int limit = TRIALS_PER_SLOT * slots;
    for (int t = 0; t < limit; t++) {
      long h = new Salt(salt).value(unit, t);
      int slot = (int) (h >>> slotShift);
      if (slot == arm && (h & LOW_32_BITS) < shares[slot]) {
        return new Draw(arm, new Salt(salt), slots, t, h, h & LOW_32_BITS);
      }
    }
    long h = new Salt(salt).value(unit, limit);
    return new Draw(arm, new Salt(salt), slots, limit, h, h & LOW_32_BITS);
  }

  /**
   * How an arm was drawn.
   *
   * @param arm the arm's index
   * @param salt the salt of the draw
   * @param slots the number of slots
   * @param trial the index of the trial that was accepted; {@code 64·slots} if none was and the
   *     cumulative shares were inverted
   * @param value the unit's value at that trial
   * @param threshold the value's lowest 32 bits: the trial is accepted if the share exceeds it
   */
  public record Draw(int arm, Salt salt, int slots, int trial, long value, long threshold) {}

  /**
   * The first distinct arms among the accepted trials of a unit, in their order: a draw without
   * replacement, in which the arm at each place has its share divided by the shares of all arms not
   * yet taken. The first is {@link #arm(UnitHash)}.
   *
   * @param unit the unit
   * @param count how many are wanted, at least 1
   * @return {@code count} arms, or all that have a share if they are fewer
   */
  public int[] ranking(UnitHash unit, int count) {
    int length = Math.min(count, armsWithShare());
    int[] ranking = new int[length];
    boolean[] taken = new boolean[shares.length];
    int limit = TRIALS_PER_SLOT * slots;
    long start = SplitMix.start(unit.first(), salt);
    int found = 0;
    for (int t = 0; t < limit && found < length; t++) {
      long h = SplitMix.value(start, t);
      if (Long.compareUnsigned(h, highest) > 0) {
        continue;
      }
      int slot = (int) (h >>> slotShift);
      if (!taken[slot] && (h & LOW_32_BITS) < shares[slot]) {
        taken[slot] = true;
        ranking[found++] = slot;
      }
    }
    // Small shares are not met within the limit; each place that is left is drawn by inversion.
    for (int place = 0; found < length; place++) {
      int slot = invertAmongOthers(taken, SplitMix.value(start, limit + place) & LOW_32_BITS);
      taken[slot] = true;
      ranking[found++] = slot;
    }
    return ranking;
  }

  private int armsWithShare() {
    int arms = 0;
    for (long share : shares) {
      arms += share > 0 ? 1 : 0;
    }
    return arms;
  }

  /** The first arm not yet taken at which their cumulative share exceeds {@code ⌊u·rest/2^32⌋}. */
  private int invertAmongOthers(boolean[] taken, long u) {
    long rest = 0;
    for (int slot = 0; slot < shares.length; slot++) {
      rest += taken[slot] ? 0 : shares[slot];
    }
    // u·rest < 2^64, and what counts are its highest 32 bits.
    long point = Math.unsignedMultiplyHigh(u << 32, rest);
    long cumulative = 0;
    for (int slot = 0; slot < shares.length; slot++) {
      cumulative += taken[slot] ? 0 : shares[slot];
      if (!taken[slot] && cumulative > point) {
        return slot;
      }
    }
    throw new AssertionError("the point " + point + " is below the sum " + rest);
  }

  /** The first arm at which the cumulative share exceeds the point. */
  private int invert(long point) {
    long cumulative = 0;
    for (int slot = 0; slot < shares.length; slot++) {
      cumulative += shares[slot];
      if (cumulative > point) {
        return slot;
      }
    }
    throw new AssertionError("shares sum to 2^32 and the point is below it: " + point);
  }
}
