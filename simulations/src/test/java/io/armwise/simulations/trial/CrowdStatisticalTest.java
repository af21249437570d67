package io.armwise.simulations.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.armwise.simulations.Designs;
import io.armwise.simulations.policy.EpsilonGreedy;
import io.armwise.simulations.policy.Situation;
import io.armwise.simulations.random.RandomStream;
import io.armwise.simulations.random.StreamKey;
import io.armwise.simulations.world.Bernoulli;
import io.armwise.simulations.world.Delay;
import io.armwise.simulations.world.Drift;
import io.armwise.simulations.world.Lifetimes;
import io.armwise.simulations.world.LogRows;
import io.armwise.simulations.world.Losses;
import io.armwise.simulations.world.Means;
import io.armwise.simulations.world.Visitors;
import io.armwise.simulations.world.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Who visits, what they see and what counts. All tests have a false alarm of 1e-9 (normal, 6.1
 * standard errors).
 */
class CrowdStatisticalTest {
  private static final int POPULATION = 50_000;
  private static final StreamKey KEY = StreamKey.root(20261121);

  private static final Means TWO_RATES = new Means.Fixed(List.of(0.1, 0.2));

  private final List<Long> counted = new ArrayList<>(List.of(0L, 0L));

  private Situation situation = situation(World.still(new Bernoulli(), TWO_RATES));

  private static Situation situation(World world) {
    return new Situation(
        Designs.of(world, new EpsilonGreedy(1), new Schedule(1, 100, 100, 0)).definition(),
        world.realise(1, KEY.child("truth").stream()),
        KEY.child("policy").stream());
  }

  private Crowd crowd(World world) {
    situation = situation(world);
    return Crowd.of(
        world,
        situation,
        KEY.child("traffic").stream(),
        KEY.child("units").stream(),
        (arm, units, day, time) -> counted.set(arm, counted.get(arm) + units));
  }

  private static World returning(boolean sticky) {
    return new World(
        new Bernoulli(),
        TWO_RATES,
        new Drift.None(),
        new Delay.None(),
        Losses.NONE,
        Lifetimes.ALL,
        new Visitors.Returning(POPULATION, sticky));
  }

  @Test
  void nobodyMovesWhileTheSharesStandStill() {
    Crowd crowd = crowd(returning(false));
    for (int day = 0; day < 5; day++) {
      crowd.come(POPULATION, new double[] {0.3, 0.7}, day, day);
    }
    assertThat(crowd.moved()).isZero();
  }

  /**
   * A unit counts once: of 50,000 units the fraction {@code 1 − (1 − 1/50,000)^250,000 = 0.99326}
   * has been there after 250,000 visits, and 30 % of them are in arm 0; both within six standard
   * errors.
   */
  @Test
  void aUnitCountsOnceAndFallsToAnArmWithItsShare() {
    Crowd crowd = crowd(returning(false));
    long[] shown = crowd.come(5 * POPULATION, new double[] {0.3, 0.7}, 0, 0);
    assertThat(shown[0] + shown[1]).isEqualTo(5 * POPULATION);
    double units = counted.get(0) + counted.get(1);
    assertThat(units / POPULATION).isCloseTo(1 - Math.exp(-5), within(6.1 * 4e-4));
    assertThat(counted.get(0) / units).isCloseTo(0.3, within(6.1 * Math.sqrt(0.21 / units)));
  }

  /**
   * Of two arms the assignment moves no more units than the change of the shares demands, a tenth.
   * Of 40 visits per unit 39 are returns, and 20 come after the change; within 6.1 standard errors.
   */
  @Test
  void aChangeOfSharesMovesWhatTheAssignmentMoves() {
    Crowd moving = crowd(returning(false));
    moving.come(20 * POPULATION, new double[] {0.5, 0.5}, 0, 0);
    moving.come(20 * POPULATION, new double[] {0.4, 0.6}, 1, 1);
    assertThat(moving.moved() * 39 / 20)
        .isCloseTo(0.1, within(6.1 * Math.sqrt(1.05 * 0.09 / POPULATION)));
  }

  @Test
  void whoKeepsTheFirstArmNeverMoves() {
    Crowd sticky = crowd(returning(true));
    sticky.come(2 * POPULATION, new double[] {0.5, 0.5}, 0, 0);
    sticky.come(2 * POPULATION, new double[] {0, 1}, 1, 1);
    assertThat(sticky.moved()).isZero();
  }

  /** Three rows of arm 1, of which two succeeded, go round a thousand times. */
  @Test
  void aReplayUsesEveryRowOfThePlayedArmAndNoOther() {
    LogRows rows = LogRows.parse("0:1:0.5 1:0:0.5 1:1:0.5 0:0:0.5 1:1:0.5");
    World world = World.replayed(rows, 2);
    assertThat(world.means()).isEqualTo(new Means.Fixed(List.of(0.5, 2.0 / 3)));
    assertThat(crowd(world).come(3_000, new double[] {0, 1}, 0, 0)).containsExactly(0, 3_000);
    assertThat(situation.tally().units(1)).isEqualTo(3_000);
    assertThat(situation.tally().sum(1)).isEqualTo(2_000);
    assertThat(situation.tally().units(0)).isZero();
  }

  /**
   * A log that played arm 0 nine times as often as arm 1 is one of equal chances after thinning: of
   * 20,000 used rows the policy's 40 % are of arm 0, within 6.1 standard errors; without the
   * thinning it would be 86 %.
   */
  @Test
  void aReplayUndoesTheLogsOwnPreference() {
    List<LogRows.Row> rows = new ArrayList<>();
    RandomStream random = KEY.child("log").stream();
    for (int row = 0; row < 100_000; row++) {
      int arm = row % 10 == 0 ? 1 : 0;
      rows.add(new LogRows.Row(arm, random.chance(0.2 + 0.3 * arm), arm == 0 ? 0.9 : 0.1));
    }
    long[] used =
        crowd(World.replayed(LogRows.of(rows), 2)).come(20_000, new double[] {0.4, 0.6}, 0, 0);
    assertThat(used[0] / 20_000.0).isCloseTo(0.4, within(6.1 * Math.sqrt(0.24 / 20_000)));
  }

  /**
   * Whether a policy meets a world or its log, its regret is the same in the mean: 400 replications
   * of each, difference within 6.1 standard errors.
   */
  @Test
  void aReplayHasTheRegretOfTheWorldThatMadeTheLog() {
    RandomStream random = KEY.child("world").stream();
    List<LogRows.Row> rows = new ArrayList<>();
    for (int row = 0; row < 20_000; row++) {
      int arm = random.below(2);
      rows.add(new LogRows.Row(arm, random.chance(arm == 0 ? 0.3 : 0.5), 0.5));
    }
    World replayed = World.replayed(LogRows.of(rows), 2);
    World same = World.still(new Bernoulli(), replayed.means());
    double[] inTheLog = regret(replayed);
    double[] inTheWorld = regret(same);
    assertThat(inTheLog[0])
        .isCloseTo(inTheWorld[0], within(6.1 * Math.hypot(inTheLog[1], inTheWorld[1])));
  }

  private static Schedule days(int days) {
    return new Schedule(days, 50, 10, 0);
  }

  /** Mean and its standard error. */
  private static double[] regret(World world) {
    Trial trial = new Trial(Designs.of(world, new EpsilonGreedy(0.2), days(5)), 7);
    double[] regrets = LongStream.range(0, 400).mapToDouble(r -> trial.run(r).regret()).toArray();
    double mean = Arrays.stream(regrets).average().orElseThrow();
    double scatter = Arrays.stream(regrets).map(regret -> Math.pow(regret - mean, 2)).sum();
    return new double[] {mean, Math.sqrt(scatter) / regrets.length};
  }
}
