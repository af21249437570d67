package io.armwise.bandits.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.armwise.bandits.allocation.Shares;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class TrafficPropertyTest {

  private static final List<UnitHash> UNITS = Units.of(500);
  private static final Salt SALT = Salt.of(Stage.TRAFFIC, "checkout");

  @Property(tries = 300)
  void raisingTrafficMovesNobodyOut(
      @ForAll @Scale(6) @DoubleRange(max = 1) double one,
      @ForAll @DoubleRange(max = 1) double other) {
    TrafficGate narrow = TrafficGate.ofFraction(SALT, Math.min(one, other));
    TrafficGate wide = TrafficGate.ofFraction(SALT, Math.max(one, other));
    for (UnitHash unit : UNITS) {
      assertThat(narrow.admits(unit) && !wide.admits(unit)).isFalse();
    }
  }

  @Example
  void noTrafficAdmitsNobodyAndAllTrafficEverybody() {
    TrafficGate closed = TrafficGate.ofFraction(SALT, 0);
    TrafficGate open = TrafficGate.ofFraction(SALT, 1);
    assertThat(open.share()).isEqualTo(Shares.TOTAL);
    assertThat(UNITS).noneMatch(closed::admits).allMatch(open::admits);
  }

  @Example
  void trafficMustBeAFraction() {
    for (double wrong : new double[] {Double.NaN, -0.1, 1.1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> TrafficGate.ofFraction(SALT, wrong))
          .withMessageContaining("traffic fraction must be in [0, 1]");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new TrafficGate(SALT, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new TrafficGate(SALT, Shares.TOTAL + 1));
  }

  @Property(tries = 300)
  void aUnitIsInOneOfTwoRangesThatMeet(
      @ForAll @IntRange(max = Layer.BUCKETS) int border, @ForAll long salt) {
    Layer layer = new Layer(new Salt(salt));
    BucketRange lower = new BucketRange(0, border);
    BucketRange upper = new BucketRange(border, Layer.BUCKETS);
    assertThat(lower.overlaps(upper)).isFalse();
    assertThat(lower.size() + upper.size()).isEqualTo(BucketRange.ALL.size());
    for (UnitHash unit : UNITS) {
      int bucket = layer.bucket(unit);
      assertThat(bucket).isBetween(0, Layer.BUCKETS - 1);
      assertThat(lower.contains(bucket)).isNotEqualTo(upper.contains(bucket));
    }
  }

  @Property
  void rangesOverlapWhereSomeBucketIsInBoth(
      @ForAll @IntRange(max = 20) int a,
      @ForAll @IntRange(max = 20) int b,
      @ForAll @IntRange(max = 20) int c,
      @ForAll @IntRange(max = 20) int d) {
    BucketRange one = new BucketRange(Math.min(a, b), Math.max(a, b));
    BucketRange other = new BucketRange(Math.min(c, d), Math.max(c, d));
    boolean shared = false;
    for (int bucket = 0; bucket <= 20; bucket++) {
      shared |= one.contains(bucket) && other.contains(bucket);
    }
    assertThat(one.overlaps(other)).isEqualTo(shared);
  }

  @Example
  void rangesMustLieInTheLayer() {
    assertThatIllegalArgumentException().isThrownBy(() -> new BucketRange(-1, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> new BucketRange(6, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> new BucketRange(0, 10_001));
  }

  @Example
  void aHoldoutIsARangeOfItsOwnLayer() {
    Salt salt = Salt.of(Stage.HOLDOUT, "2026");
    Holdout holdout = new Holdout(salt, new BucketRange(0, 500));
    for (UnitHash unit : UNITS) {
      assertThat(holdout.withholds(unit)).isEqualTo(new Layer(salt).bucket(unit) < 500);
    }
    assertThat(UNITS).anyMatch(holdout::withholds);
  }
}
