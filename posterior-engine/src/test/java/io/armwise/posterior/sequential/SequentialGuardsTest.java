package io.armwise.posterior.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.armwise.posterior.Interval;
import io.armwise.posterior.WeightedEvidence;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** NaN and values outside the domain fail at the door; edges have defined answers. */
class SequentialGuardsTest {
  private static final double NAN = Double.NaN;

  @Test
  void nanIsRejectedEverywhere() {
    NormalMixture mixture = NormalMixture.tightestAt(100, 0.05, Sides.ONE);
    BernoulliConfidenceSequence rate = BernoulliConfidenceSequence.tightestAt(100);
    SequentialSampleRatioTest ratio = SequentialSampleRatioTest.around(new double[] {0.5, 0.5}, 10);
    GroupSequentialDesign design = GroupSequentialDesign.wangTsiatis(2, 0, 0.05, Sides.TWO);
    List<ThrowingCallable> calls =
        List.of(
            () -> NormalMixture.tightestAt(NAN, 0.05, Sides.ONE),
            () -> NormalMixture.tightestAt(1, 0.5, Sides.ONE),
            () -> new GammaExponentialMixture(1, NAN),
            () -> new GammaPoissonMixture(NAN, 1),
            () -> new BetaBinomialMixture(1, NAN, 1, Sides.TWO),
            () -> mixture.logValue(NAN, 1),
            () -> mixture.logValue(1, NAN),
            () -> mixture.boundary(1, NAN),
            () -> mixture.boundary(1, 1),
            () -> PolynomialStitching.from(NAN, 0),
            () -> EmpiricalDistributionBand.from(NAN, 0.05),
            () -> EmpiricalDistributionBand.from(10, 0.05).halfHeight(NAN),
            () -> DoubleStitching.from(NAN),
            () -> new QuantileComparison(NAN, 1, 0.05),
            () -> new QuantileComparison(0.5, 1, 0.05).logEValue(new double[0], new double[1]),
            () -> rate.interval(NAN, 1, 0.05),
            () -> rate.interval(2, 1, 0.05),
            () -> rate.interval(1, 1, NAN),
            () -> rate.logEValue(1, 1, NAN),
            () -> new EmpiricalBernsteinSequence(NAN),
            () -> new EmpiricalBernsteinSequence(0.05).add(NAN),
            () -> new HoeffdingSequence(0.05).add(1.01),
            () -> new BettingSequence(0.05, 10).add(-0.01),
            () -> new BettingSequence(0.05, 1),
            () -> new AsymptoticConfidenceSequence(NAN, Sides.TWO),
            () -> AsymptoticConfidenceSequence.tightestAt(NAN, 0.05, Sides.TWO),
            () -> new PropensityWeightedMean(NAN, 0, 0),
            () -> PropensityWeightedMean.ofArm(WeightedEvidence.NONE, NAN, 0),
            () -> new MixtureSprt(NAN),
            () -> new AnytimeLinearModel(NAN),
            () -> new AnytimeLinearModel(1).logEValue(10, 8, NAN),
            () -> design.crossing(NAN),
            () -> design.driftForPower(NAN),
            () -> design.adjustedInterval(2, 1, 0.05),
            () -> GroupSequentialDesign.wangTsiatis(0, 0, 0.05, Sides.TWO),
            () ->
                GroupSequentialDesign.spending(
                    List.of(0.5, NAN), new AlphaSpending.Pocock(), 0.05, Sides.TWO),
            () -> new AlphaSpending.Power(NAN),
            () -> PeekingInflation.typeIError(0, 0.05),
            () -> SuccessRace.smallest(NAN, 0.05, 0.8),
            () -> ratio.observe(new double[] {1, NAN}, new double[] {0.5, 0.5}),
            () -> ratio.observe(new double[] {1, 1}, new double[] {0.5, 0.4}),
            () -> EValues.pValue(NAN),
            () -> EValues.familyWise(new double[] {NAN}),
            () -> RunningEvidence.START.observe(NAN));
    for (int i = 0; i < calls.size(); i++) {
      assertThatIllegalArgumentException().as("call " + i).isThrownBy(calls.get(i));
    }
  }

  @Test
  void sequencesStartWithEverything() {
    assertThat(BernoulliConfidenceSequence.tightestAt(100).interval(0, 0, 0.05))
        .isEqualTo(new Interval(0, 1));
    assertThat(new EmpiricalBernsteinSequence(0.05).interval()).isEqualTo(new Interval(0, 1));
    assertThat(new HoeffdingSequence(0.05).interval()).isEqualTo(new Interval(0, 1));
    assertThat(new BettingSequence(0.05, 10).interval()).isEqualTo(new Interval(0, 1));
    assertThat(
            PropensityWeightedMean.NONE.interval(
                AsymptoticConfidenceSequence.tightestAt(100, 0.05, Sides.TWO), 0.05))
        .isEqualTo(new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    assertThat(NormalMixture.tightestAt(10, 0.05, Sides.ONE).logValue(0, 0))
        .isCloseTo(0, within(1e-15));
  }

  @Test
  void aUnitInAnArmWithoutAShareProvesAMismatch() {
    SequentialSampleRatioTest test =
        SequentialSampleRatioTest.around(new double[] {0.5, 0.5}, 10)
            .observe(new double[] {1, 0}, new double[] {0, 1});
    assertThat(test.evidence().pValue()).isZero();
    assertThat(test.mismatchProbability()).isEqualTo(1);
    SequentialSampleRatioTest later = test.observe(new double[] {50, 50}, new double[] {0.5, 0.5});
    assertThat(later.evidence().pValue()).isZero();
  }

  @Test
  void thePropensityScoresOfAUniformSplitAreThePlainDifference() {
    WeightedEvidence first = WeightedEvidence.NONE.add(3, 0.5).add(5, 0.5);
    WeightedEvidence second = WeightedEvidence.NONE.add(1, 0.5).add(2, 0.5);
    PropensityWeightedMean plain = PropensityWeightedMean.ofDifference(first, second, 4, 0, 0);
    assertThat(plain.mean()).isCloseTo(2.5, within(1e-15));
    // Scores 6, 10, -2, -4.
    assertThat(plain.sumOfSquares()).isCloseTo(156, within(1e-12));
    PropensityWeightedMean guessed = PropensityWeightedMean.ofDifference(first, second, 4, 4, 1.5);
    // Scores 2.5 + (-2, 2, 1, -1).
    assertThat(guessed.mean()).isCloseTo(2.5, within(1e-15));
    assertThat(guessed.standardDeviation()).isCloseTo(Math.sqrt(2.5), within(1e-12));
    PropensityWeightedMean both = plain.merge(guessed);
    assertThat(both.units()).isEqualTo(8);
    assertThat(both.mean()).isCloseTo(2.5, within(1e-15));
  }
}
