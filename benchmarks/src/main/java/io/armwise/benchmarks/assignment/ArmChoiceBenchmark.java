package io.armwise.benchmarks.assignment;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.assignment.ArmChoice;
import io.armwise.bandits.assignment.Salt;
import io.armwise.bandits.assignment.Slots;
import io.armwise.bandits.assignment.Stage;
import io.armwise.bandits.assignment.TrafficGate;
import io.armwise.bandits.assignment.UnitHash;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a unit's id, a UUID as text, to its arm among eight. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ArmChoiceBenchmark {

  private static final int UNITS = 1 << 14;

  /** The number of slots, which is the mean number of trials. */
  @Param({"16", "64", "256"})
  public int slots;

  private String[] ids = {};
  private UnitHash[] units = {};
  private ArmChoice choice = choice(Slots.SLOTS_16);
  private final TrafficGate gate = TrafficGate.ofFraction(Salt.of(Stage.TRAFFIC, "benchmark"), 0.5);
  private int next;

  /** Makes the units. */
  @Setup
  public void setUp() {
    ids = new String[UNITS];
    units = new UnitHash[UNITS];
    for (int i = 0; i < UNITS; i++) {
      ids[i] = "3f2504e0-4f89-11d3-9a0c-%012d".formatted(i);
      units[i] = UnitHash.of(ids[i]);
    }
    choice = choice(Slots.of(slots));
  }

  private static ArmChoice choice(Slots slots) {
    Shares shares = Shares.ofProbabilities(0.4, 0.2, 0.1, 0.1, 0.08, 0.06, 0.04, 0.02);
    return ArmChoice.of(shares, slots, Salt.of(Stage.ARM, "benchmark"));
  }

  private int next() {
    next = (next + 1) & (UNITS - 1);
    return next;
  }

  /** The hash alone. */
  @Benchmark
  public UnitHash hash() {
    return UnitHash.of(ids[next()]);
  }

  /** One stage that needs one value. */
  @Benchmark
  public boolean traffic() {
    return gate.admits(units[next()]);
  }

  /** The draw alone, of units that are hashed. */
  @Benchmark
  public int arm() {
    return choice.arm(units[next()]);
  }
}
