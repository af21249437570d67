package io.armwise.posterior.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.armwise.posterior.sequential.SampleRatioMartingale.Arm;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The sample-ratio test of moving shares: error rate, power and the cases it is made for. */
class SampleRatioMartingaleStatisticalTest {
  private static final double ALPHA = 0.05;

  /**
   * Shares follow the counts themselves, as hard as a bandit's shares ever follow anything; every
   * tenth unit is a look. 10,000 paths at 0.05: bar 637, false alarm 8e-10, sees 0.08.
   */
  @Test
  void falseAlarmsStayRareHoweverTheSharesMoveAndHoweverOftenOneLooks() {
    SplittableRandom random = new SplittableRandom(20_261_101);
    int paths = 10_000;
    int alarms = 0;
    for (int path = 0; path < paths; path++) {
      Stream stream = new Stream();
      for (int n = 1; n <= 500; n++) {
        double share = Math.clamp((1.0 + stream.units) / (2.0 + stream.all), 0.02, 0.98);
        stream.add(share, random.nextDouble() < share);
        if (n % 10 == 0 && stream.test().pValue() <= ALPHA) {
          alarms++;
          break;
        }
      }
    }
    ErrorRate.assertAtMost("moving shares", alarms, paths, ALPHA);
  }

  /**
   * One in twenty units of an arm is lost while its share falls from a half to a tenth. The
   * deviation after 400,000 units is about 9 standard deviations beyond what is needed, so that a
   * miss in any of 20 paths has a probability below 1e-15.
   */
  @Test
  void seesUnitsThatAreLostWhileTheSharesMove() {
    SplittableRandom random = new SplittableRandom(20_261_102);
    for (int path = 0; path < 20; path++) {
      Stream stream = new Stream();
      for (int n = 0; n < 400_000; n++) {
        double share = 0.5 - 0.4 * n / 400_000.0;
        boolean first = random.nextDouble() < share;
        if (!first || random.nextDouble() >= 0.05) {
          stream.add(share, first);
        }
      }
      assertThat(stream.test().pValue()).isLessThan(0.001);
    }
  }

  /** Totals held against either share alone would be a mismatch beyond doubt. */
  @Test
  void seesNothingWhereEachPeriodKeepsItsOwnShares() {
    Stream stream = new Stream();
    for (int n = 0; n < 1_000; n++) {
      stream.add(0.5, n % 2 == 0);
    }
    for (int n = 0; n < 1_000; n++) {
      stream.add(0.1, n % 10 == 0);
    }
    assertThat(stream.test().logEValue()).isNegative();
    assertThat(stream.test().pValue()).isEqualTo(1);
  }

  @Test
  void aUnitInAnArmWithoutAShareSpeaksForItselfSoon() {
    Arm none = new Arm(10, 0, 0);
    Arm all = new Arm(90, 100, 0);
    assertThat(new SampleRatioMartingale(List.of(all, none)).pValue()).isLessThan(0.001);
  }

  @Test
  void saysNothingBeforeAnyUnit() {
    Arm arm = new Arm(0, 0, 0);
    assertThat(new SampleRatioMartingale(List.of(arm, arm)).logEValue()).isZero();
  }

  @Test
  void staysFiniteForSumsOfAnySize() {
    Arm first = new Arm(900_000_000_000L, 5e11, 2.5e11);
    Arm second = new Arm(100_000_000_000L, 5e11, 2.5e11);
    assertThat(new SampleRatioMartingale(List.of(first, second)).logEValue())
        .isPositive()
        .isFinite();
  }

  @Test
  void refusesSumsThatCannotBe() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Arm(-1, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Arm(1, Double.NaN, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Arm(1, 1, Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SampleRatioMartingale(List.of(new Arm(1, 1, 0))));
  }

  /** Two arms' sums. */
  private static final class Stream {
    private long units;
    private long all;
    private double expected;
    private double variance;

    void add(double share, boolean first) {
      all++;
      units += first ? 1 : 0;
      expected += share;
      variance += share * (1 - share);
    }

    SampleRatioMartingale test() {
      return new SampleRatioMartingale(
          List.of(
              new Arm(units, expected, variance),
              new Arm(all - units, (double) all - expected, variance)));
    }
  }
}
