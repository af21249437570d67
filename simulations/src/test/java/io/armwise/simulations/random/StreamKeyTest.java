package io.armwise.simulations.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class StreamKeyTest {
  private final StreamKey root = StreamKey.root(7);

  @Test
  void equalPathsGiveEqualStreams() {
    assertThat(root.child("a").child(3).stream().nextLong())
        .isEqualTo(StreamKey.root(7).child("a").child("3").stream().nextLong());
  }

  @Test
  void pathsThatDifferAnywhereGiveOtherStreams() {
    assertThat(
            new long[] {
              root.child("a").child("b").stream().nextLong(),
              root.child("ab").stream().nextLong(),
              root.child("b").child("a").stream().nextLong(),
              root.child("a").stream().nextLong(),
              StreamKey.root(8).child("a").child("b").stream().nextLong()
            })
        .doesNotHaveDuplicates();
  }

  @Test
  void aStreamDoesNotDependOnWhoDrewBefore() {
    StreamKey key = root.child("x");
    RandomStream first = key.stream();
    first.nextLong();
    long second = first.nextLong();
    RandomStream again = key.stream();
    again.nextLong();
    assertThat(again.nextLong()).isEqualTo(second);
  }

  /** What results of other versions are compared by: a change of these bits is a new experiment. */
  @Test
  void theBitsAreKnown() {
    RandomStream stream = StreamKey.root(1).child("truth").child(0).stream();
    assertThat(new long[] {stream.nextLong(), stream.nextLong()})
        .containsExactly(-9140574666266280194L, -5066210302691561993L);
  }

  @Test
  void refusesWhatIsNoDistribution() {
    RandomStream stream = root.stream();
    assertThatIllegalArgumentException().isThrownBy(() -> stream.binomial(-1, 0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> stream.binomial(1, Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> stream.gamma(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> stream.gamma(0));
  }
}
