package io.armwise.posterior.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.GammaPosterior;
import io.armwise.posterior.NormalPosterior;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.StudentTPosterior;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BestArmAnalysisTest {

  /** Shapes that break quadratures; every family and the mixes that cut the line. */
  static Stream<List<Posterior>> hardCases() {
    return Stream.of(
        List.of(new BetaPosterior(1000, 0.1), new BetaPosterior(500, 1)),
        List.of(new BetaPosterior(0.1, 1e4), new BetaPosterior(3, 1e4), new BetaPosterior(1, 1e5)),
        List.of(new BetaPosterior(2, 1e9), new BetaPosterior(3, 2e9)),
        List.of(new GammaPosterior(0.3, 1), new GammaPosterior(0.1, 0.2), new GammaPosterior(1, 2)),
        List.of(new GammaPosterior(1e6, 1e3), new GammaPosterior(1_001_500, 1e3)),
        List.of(new NormalPosterior(0, 1), new NormalPosterior(1e-3, 1e-8)),
        List.of(new NormalPosterior(0.5, 1e-12), new NormalPosterior(0.5, 1)),
        List.of(new NormalPosterior(0, 1e4), new NormalPosterior(1, 1)),
        List.of(new StudentTPosterior(3, 0, 1e4), new StudentTPosterior(30, 1, 1)),
        List.of(new BetaPosterior(3, 5), new NormalPosterior(0, 10)),
        List.of(new BetaPosterior(50, 50), new NormalPosterior(0.5, 1e-4)),
        List.of(new BetaPosterior(50, 0.5), new NormalPosterior(1, 0.01)),
        List.of(new GammaPosterior(0.3, 2), new NormalPosterior(0.1, 1e-5)),
        List.of(new GammaPosterior(3, 2), new NormalPosterior(-5, 4)),
        List.of(new BetaPosterior(0.3, 2), new GammaPosterior(0.2, 3)),
        // A narrow Gamma whose logit is not its logarithm.
        List.of(new BetaPosterior(0.5, 24.5), new GammaPosterior(1e5, 1e6)),
        // A narrow arm between a wide one and the support of the third.
        List.of(
            new BetaPosterior(2, 2), new NormalPosterior(1.01, 5e-4), new NormalPosterior(1.05, 1)),
        List.of(
            new GammaPosterior(2, 2),
            new NormalPosterior(-0.01, 5e-4),
            new StudentTPosterior(2.5, -0.05, 1)),
        List.of(
            new BetaPosterior(1, 1),
            new GammaPosterior(1, 1),
            new NormalPosterior(0.5, 1),
            new StudentTPosterior(3, 0.5, 1)));
  }

  @ParameterizedTest
  @MethodSource("hardCases")
  void agreesWithAnIndependentIntegrationInHardCases(List<Posterior> arms) {
    for (Direction direction : Direction.values()) {
      BestArmAnalysis analysis = BestArmAnalysis.of(arms, direction);
      SlowComparison slow = new SlowComparison(arms, direction);
      for (int k = 0; k < arms.size(); k++) {
        assertThat(analysis.probabilityToBeBest(k))
            .isCloseTo(slow.probabilityToBeBest(k), within(1e-11));
        double loss = analysis.expectedLoss(k);
        assertThat(slow.expectedLoss(k, 1e-12 * loss)).isCloseTo(loss, within(1e-9 * loss));
      }
    }
  }

  @Test
  void followsPowerLawTailsToTheEnd() {
    // nu = 1.5: E|T| = 2 sqrt(nu) Gamma((nu+1)/2) / (sqrt(pi) (nu-1) Gamma(nu/2)); against a point
    // arm at its centre the expected loss is half of that. Gamma(1.25), Gamma(0.75) to 16 digits.
    double half =
        Math.sqrt(1.5) * 0.906402477055477 / (Math.sqrt(Math.PI) * 0.5 * 1.2254167024651776);
    List<Posterior> arms = List.of(new StudentTPosterior(1.5, 0, 1), new NormalPosterior(0, 1e-9));
    BestArmAnalysis analysis = BestArmAnalysis.of(arms, Direction.INCREASE);
    assertThat(analysis.expectedLoss(0)).isCloseTo(half, within(1e-8));
    assertThat(analysis.expectedLoss(1)).isCloseTo(half, within(1e-8));
  }

  @ParameterizedTest
  @EnumSource
  void lossIsInfiniteWhenAnArmHasNoMean(Direction direction) {
    List<Posterior> arms = List.of(new StudentTPosterior(1, 0, 1), new NormalPosterior(1, 1));
    BestArmAnalysis analysis = BestArmAnalysis.of(arms, direction);
    assertThat(analysis.expectedLosses()).containsOnly(Double.POSITIVE_INFINITY);
    SlowComparison slow = new SlowComparison(arms, direction);
    assertThat(analysis.probabilityToBeBest(0))
        .isCloseTo(slow.probabilityToBeBest(0), within(1e-10));
  }

  @Test
  void aSingleArmIsBestAtNoLoss() {
    BestArmAnalysis analysis =
        BestArmAnalysis.of(List.of(new StudentTPosterior(0.5, 3, 2)), Direction.DECREASE);
    assertThat(analysis.probabilitiesToBeBest()).containsExactly(1);
    assertThat(analysis.expectedLosses()).containsExactly(0);
  }

  @Test
  void anArmFarAheadIsBest() {
    List<Posterior> arms =
        List.of(
            new BetaPosterior(900, 100), new BetaPosterior(100, 900), new BetaPosterior(10, 990));
    BestArmAnalysis analysis = BestArmAnalysis.of(arms, Direction.INCREASE);
    assertThat(analysis.probabilityToBeBest(0)).isCloseTo(1, within(1e-12));
    assertThat(analysis.mostProbablyBest()).isZero();
    assertThat(analysis.expectedLoss(0)).isBetween(0.0, 1e-15);
    assertThat(analysis.expectedLoss(1)).isCloseTo(0.8, within(1e-14));
    assertThat(BestArmAnalysis.of(arms, Direction.DECREASE).mostProbablyBest()).isEqualTo(2);
  }

  @Test
  void comparesAThousandArms() {
    List<Posterior> arms = new ArrayList<>();
    for (int k = 0; k < BestArmQuadrature.MAX_ARMS; k++) {
      arms.add(new BetaPosterior(50 + k % 10, 950 - k % 10));
    }
    BestArmAnalysis analysis = BestArmAnalysis.of(arms, Direction.INCREASE);
    double sum = 0;
    for (double p : analysis.probabilitiesToBeBest()) {
      sum += p;
    }
    assertThat(sum).isCloseTo(1, within(1e-11));
    assertThat(analysis.probabilityToBeBest(9)).isEqualTo(analysis.probabilityToBeBest(999));
    assertThat(analysis.probabilityToBeBest(9)).isGreaterThan(analysis.probabilityToBeBest(8));
  }

  @Test
  void reusedMemoryLeavesNoTrace() {
    BestArmQuadrature quadrature = new BestArmQuadrature();
    double[] alpha = {50, 60, 55};
    double[] beta = {950, 940, 945};
    quadrature.evaluateBetas(alpha, beta, 3, Direction.INCREASE);
    double first = quadrature.probabilityToBeBest(1);
    double loss = quadrature.expectedLoss(0);
    quadrature.evaluate(
        Collections.nCopies(100, new StudentTPosterior(3, 0, 1)), Direction.DECREASE);
    quadrature.evaluateBetas(alpha, beta, 3, Direction.INCREASE);
    assertThat(quadrature.probabilityToBeBest(1)).isEqualTo(first);
    assertThat(quadrature.expectedLoss(0)).isEqualTo(loss);
    List<Posterior> arms =
        List.of(new BetaPosterior(50, 950), new BetaPosterior(60, 940), new BetaPosterior(55, 945));
    BestArmAnalysis analysis = BestArmAnalysis.of(arms, Direction.INCREASE);
    assertThat(analysis.probabilityToBeBest(1)).isEqualTo(first);
    assertThat(analysis.expectedLoss(0)).isEqualTo(loss);
  }

  @Test
  void extremeParametersEndInFiniteResults() {
    List<List<Posterior>> cases =
        List.of(
            List.of(new BetaPosterior(1e300, 1), new BetaPosterior(1, 1)),
            List.of(new BetaPosterior(1e-300, 1), new BetaPosterior(1, 1)),
            List.of(new BetaPosterior(1e16, 1e3), new BetaPosterior(1, 1)),
            List.of(new GammaPosterior(1e-6, 1e5), new GammaPosterior(1, 1)),
            List.of(new GammaPosterior(5, 1e-300), new GammaPosterior(5, 1e300)),
            List.of(new NormalPosterior(1e9, 1e-9), new NormalPosterior(1e9, 1)),
            List.of(new NormalPosterior(1e300, 1e299), new NormalPosterior(0, 1)),
            List.of(new NormalPosterior(0, 1e-300), new NormalPosterior(0, 1e-300)),
            List.of(new StudentTPosterior(0.05, 0, 1), new NormalPosterior(0, 1)));
    for (List<Posterior> arms : cases) {
      for (Direction direction : Direction.values()) {
        BestArmAnalysis analysis = BestArmAnalysis.of(arms, direction);
        assertThat(analysis.probabilityToBeBest(0) + analysis.probabilityToBeBest(1))
            .isCloseTo(1, within(1e-10));
        assertThat(analysis.expectedLoss(0)).isNotNaN().isGreaterThanOrEqualTo(0);
      }
    }
  }

  @Test
  void refusesToOverflow() {
    List<Posterior> arms =
        List.of(new NormalPosterior(1e307, 3e307), new NormalPosterior(-1e307, 3e307));
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> BestArmAnalysis.of(arms, Direction.INCREASE))
        .withMessageContaining("2 arms");
  }

  @Test
  void refusesNoArmAndTooManyArms() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BestArmAnalysis.of(List.of(), Direction.INCREASE))
        .withMessage("number of arms must be in [1, 1000], got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                BestArmAnalysis.of(
                    Collections.nCopies(1001, new BetaPosterior(1, 1)), Direction.INCREASE))
        .withMessageContaining("1001");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                RankAnalysis.of(
                    Collections.nCopies(257, new BetaPosterior(1, 1)), Direction.INCREASE))
        .withMessageContaining("257");
  }

  @Test
  void refusesParametersThatAreNotPositiveNumbers() {
    BestArmQuadrature quadrature = new BestArmQuadrature();
    for (double bad : new double[] {Double.NaN, 0, -1, Double.POSITIVE_INFINITY}) {
      double[] parameters = {1, bad};
      double[] ones = {1, 1};
      assertThatIllegalArgumentException()
          .isThrownBy(() -> quadrature.evaluateBetas(parameters, ones, 2, Direction.INCREASE))
          .withMessageContaining("alpha[1] must be > 0 and finite, got " + bad);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> quadrature.evaluateBetas(ones, parameters, 2, Direction.INCREASE))
          .withMessageContaining("beta[1]");
    }
  }

  @Test
  void aPointBesideAnotherFamilyCountsByTheOthersDistribution() {
    // P(other <= y) differs from the average over the point by f' sd^2 / 2, below 1e-14 here.
    for (double sd : new double[] {3e-9, 3e-11, 3e-13, 1e-16, 1e-30}) {
      for (Posterior point :
          List.of(new NormalPosterior(0.3, sd), new StudentTPosterior(5, 0.3, sd))) {
        for (Posterior other : List.of(new BetaPosterior(30, 70), new GammaPosterior(30, 100))) {
          BestArmAnalysis analysis = BestArmAnalysis.of(List.of(point, other), Direction.INCREASE);
          assertThat(analysis.probabilityToBeBest(0)).isCloseTo(other.cdf(0.3), within(1e-12));
        }
      }
    }
  }

  @Test
  void armsWhoseWidthsDifferByMoreThanTheDigitsOfADoubleKeepTheirProbabilities() {
    double beyond = new NormalPosterior(0, 1).survival(1);
    double pair = new NormalPosterior(0, Math.sqrt(2)).cdf(1);
    for (double[] width : new double[][] {{1e300, 1e-300}, {1, 1e-20}, {1, 1e-16}, {1e5, 1e-9}}) {
      BestArmAnalysis far =
          BestArmAnalysis.of(
              List.of(new NormalPosterior(0, width[0]), new NormalPosterior(width[0], width[1])),
              Direction.INCREASE);
      assertThat(far.probabilityToBeBest(0)).isCloseTo(beyond, within(1e-11));
      assertThat(far.probabilityToBeBest(1)).isCloseTo(1 - beyond, within(1e-11));
      BestArmAnalysis three =
          BestArmAnalysis.of(
              List.of(
                  new NormalPosterior(0, width[0]),
                  new NormalPosterior(0, width[1]),
                  new NormalPosterior(width[1], width[1])),
              Direction.INCREASE);
      assertThat(three.probabilityToBeBest(0)).isCloseTo(0.5, within(1e-11));
      assertThat(three.probabilityToBeBest(2)).isCloseTo(0.5 * pair, within(1e-11));
    }
  }

  @Test
  void tailsThatLeaveTheRangeOfDoublesShowInTheError() {
    for (double degrees : new double[] {0.1, 0.05, 0.02, 0.01, 1e-3, 1e-5}) {
      Posterior t = new StudentTPosterior(degrees, 0, 1);
      BestArmAnalysis analysis = BestArmAnalysis.of(List.of(t, t), Direction.INCREASE);
      double mass = Math.pow(1e150, -degrees);
      assertThat(analysis.probabilityToBeBest(0)).isCloseTo(0.5, within(1e-10 + mass * mass));
      assertThat(analysis.probabilityError()).isGreaterThan(0.1 * mass * mass);
    }
  }
}
