package io.armwise.bandits.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SharesTest {

  @Test
  void tiesGoToTheLowerIndex() {
    assertThat(Shares.equal(3)).isEqualTo(Shares.of(1431655766L, 1431655765L, 1431655765L));
    assertThat(Shares.equal(5).toArray())
        .containsExactly(858993460L, 858993459L, 858993459L, 858993459L, 858993459L);
  }

  @Test
  void theLargestRemainderRoundsUp() {
    // Quotas in units of 2^−32: 1.75, 2.5, 3.75 and the rest.
    double unit = 0x1p-32;
    Shares shares = Shares.ofProbabilities(1.75 * unit, 2.5 * unit, 3.75 * unit, 1 - 8 * unit);
    assertThat(shares.toArray()).containsExactly(2, 2, 4, Shares.TOTAL - 8);
  }

  @Test
  void exactProbabilitiesStayExact() {
    Shares shares = Shares.ofProbabilities(0.5, 0.25, 0.125, 0.125);
    assertThat(shares.propensities()).containsExactly(0.5, 0.25, 0.125, 0.125);
    assertThat(Shares.ofProbabilities(0, 1, 0).toArray()).containsExactly(0, Shares.TOTAL, 0);
  }

  @Test
  void aSumThatIsOffByRoundingIsSpreadInProportion() {
    Shares shares = Shares.ofProbabilities(0.5 + 4e-10, 0.5 + 4e-10);
    assertThat(shares).isEqualTo(Shares.equal(2));
  }

  @Test
  void probabilitiesTooSmallForAShareGetNone() {
    assertThat(Shares.ofProbabilities(1, Double.MIN_VALUE, 1e-11).toArray())
        .containsExactly(Shares.TOTAL, 0, 0);
  }

  @Test
  void takesTheGreatestNumberOfArms() {
    Shares shares = Shares.equal(Shares.MAX_ARMS);
    assertThat(shares.toArray()).containsOnly(Shares.TOTAL / 1024);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shares.equal(1025))
        .withMessage("arms must be in [1, 1024], got 1025");
    assertThatIllegalArgumentException().isThrownBy(() -> Shares.equal(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Shares.of());
    assertThatIllegalArgumentException().isThrownBy(() -> Shares.ofProbabilities());
  }

  @Test
  void refusesWhatDoesNotSum() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shares.of(1, 2))
        .withMessage("shares must sum to 2^32 = 4294967296, got 3");
    assertThatIllegalArgumentException().isThrownBy(() -> Shares.of(-1, Shares.TOTAL + 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Shares.ofProbabilities(0.5, 0.4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shares.ofProbabilities(0.5, Double.NaN))
        .withMessage("probabilities must be in [0, 1], got NaN at index 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shares.ofProbabilities(Double.POSITIVE_INFINITY));
  }

  @Test
  void distanceIsExactAndCountsMissingArmsAsZero() {
    Shares one = Shares.of(Shares.TOTAL - 1, 1);
    assertThat(one.distance(Shares.of(Shares.TOTAL))).isEqualTo(0x1p-32);
    assertThat(Shares.of(Shares.TOTAL).distance(one)).isEqualTo(0x1p-32);
    assertThat(one.distance(Shares.of(0, 0, Shares.TOTAL))).isEqualTo(1);
    assertThat(one.distance(one)).isZero();
  }

  @Test
  void isAValue() {
    long[] array = {Shares.TOTAL};
    Shares shares = Shares.of(array);
    Arrays.fill(array, 0);
    assertThat(shares).isEqualTo(Shares.of(Shares.TOTAL)).hasSameHashCodeAs(Shares.equal(1));
    assertThat(shares).isNotEqualTo(Shares.equal(2));
    assertThat(shares).hasToString("Shares[4294967296]");
  }
}
