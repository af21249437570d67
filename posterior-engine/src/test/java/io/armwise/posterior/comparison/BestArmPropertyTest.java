package io.armwise.posterior.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.NormalPosterior;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.StudentTPosterior;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Laws that hold for any arms. */
class BestArmPropertyTest {

  @Provide
  Arbitrary<List<Posterior>> arms() {
    return RandomArms.arms();
  }

  @Provide
  Arbitrary<Posterior> arm() {
    return Arbitraries.oneOf(
        RandomArms.beta(), RandomArms.normal(), RandomArms.studentT(), RandomArms.gamma());
  }

  @Property(tries = 200, seed = "20261121")
  void probabilitiesSumToOneAndLossesAreNotNegative(
      @ForAll("arms") List<Posterior> arms, @ForAll Direction direction) {
    BestArmAnalysis analysis = BestArmAnalysis.of(arms, direction);
    double sum = 0;
    for (int k = 0; k < arms.size(); k++) {
      assertThat(analysis.probabilityToBeBest(k)).isBetween(0.0, 1.0);
      assertThat(analysis.expectedLoss(k)).isGreaterThanOrEqualTo(0);
      sum += analysis.probabilityToBeBest(k);
    }
    assertThat(sum).isCloseTo(1, within(arms.size() * analysis.probabilityError()));
    assertThat(analysis.probabilityError()).isLessThan(1e-10);
  }

  @Property(tries = 200, seed = "20261122")
  void permutingTheArmsPermutesTheResultsToTheBit(
      @ForAll("arms") List<Posterior> arms, @ForAll Direction direction, @ForAll long seed) {
    List<Integer> order = new ArrayList<>();
    for (int k = 0; k < arms.size(); k++) {
      order.add(k);
    }
    Collections.shuffle(order, new Random(seed));
    List<Posterior> shuffled = order.stream().map(arms::get).toList();
    BestArmAnalysis analysis = BestArmAnalysis.of(arms, direction);
    BestArmAnalysis permuted = BestArmAnalysis.of(shuffled, direction);
    for (int k = 0; k < arms.size(); k++) {
      int original = order.get(k);
      assertThat(permuted.probabilityToBeBest(k)).isEqualTo(analysis.probabilityToBeBest(original));
      assertThat(permuted.expectedLoss(k)).isEqualTo(analysis.expectedLoss(original));
    }
  }

  @Property(tries = 200, seed = "20261123")
  void minimisingIsMaximisingTheMirrorImage(@ForAll("arms") List<Posterior> arms) {
    List<Posterior> mirrored = new ArrayList<>();
    for (Posterior arm : arms) {
      switch (arm) {
        // 1 - x differs from -x by a shift, which changes neither result
        case BetaPosterior(double alpha, double beta) ->
            mirrored.add(new BetaPosterior(/* alpha= */ beta, /* beta= */ alpha));
        case NormalPosterior(double mean, double sd) ->
            mirrored.add(new NormalPosterior(1 - mean, sd));
        case StudentTPosterior(double nu, double location, double scale) ->
            mirrored.add(new StudentTPosterior(nu, 1 - location, scale));
        default -> {
          return; // the mirror image of a Gamma is no posterior
        }
      }
    }
    BestArmAnalysis least = BestArmAnalysis.of(arms, Direction.DECREASE);
    BestArmAnalysis most = BestArmAnalysis.of(mirrored, Direction.INCREASE);
    double error = least.probabilityError() + most.probabilityError();
    for (int k = 0; k < arms.size(); k++) {
      assertThat(least.probabilityToBeBest(k))
          .isCloseTo(most.probabilityToBeBest(k), within(error));
      // 1 - mean is rounded
      assertThat(least.expectedLoss(k))
          .isCloseTo(most.expectedLoss(k), within(least.lossError() + most.lossError() + 1e-15));
    }
  }

  @Property(tries = 60, seed = "20261124")
  void identicalArmsShareTheProbability(
      @ForAll("arm") Posterior arm,
      @ForAll @IntRange(min = 2, max = 40) int size,
      @ForAll Direction direction) {
    BestArmAnalysis analysis = BestArmAnalysis.of(Collections.nCopies(size, arm), direction);
    for (int k = 0; k < size; k++) {
      assertThat(analysis.probabilityToBeBest(k))
          .isCloseTo(1.0 / size, within(analysis.probabilityError()));
      assertThat(analysis.expectedLoss(k)).isEqualTo(analysis.expectedLoss(0));
    }
  }

  @Property(tries = 100, seed = "20261125")
  void twoNormalsHaveTheClosedForm(
      @ForAll @DoubleRange(min = -3, max = 3) double mean,
      @ForAll @DoubleRange(min = 0.01, max = 10) double sd,
      @ForAll @DoubleRange(min = 0.01, max = 10) double rivalSd) {
    NormalPosterior arm = new NormalPosterior(mean, sd);
    BestArmAnalysis analysis =
        BestArmAnalysis.of(List.of(arm, new NormalPosterior(0, rivalSd)), Direction.INCREASE);
    NormalPosterior difference = new NormalPosterior(mean, Math.hypot(sd, rivalSd));
    double z = mean / difference.standardDeviation();
    assertThat(analysis.probabilityToBeBest(0))
        .isCloseTo(difference.survival(0), within(analysis.probabilityError()));
    // E[(-D)+] = s^2 f(0) - m P(D < 0) cancels; only its own rounding is allowed for
    double loss = difference.variance() * difference.density(0) - mean * difference.cdf(0);
    assertThat(analysis.expectedLoss(0))
        .isCloseTo(loss, within(analysis.lossError() + 1e-14 * (1 + z * z)));
  }

  @Property(tries = 100, seed = "20261126")
  void changingUnitsOfNormalsRescalesLosses(
      @ForAll @DoubleRange(min = -5, max = 5) double shift,
      @ForAll @IntRange(min = -6, max = 6) int power) {
    double unit = Math.pow(10, power);
    double[] means = {0, 0.3, -0.2, 1.1};
    double[] sds = {1, 0.1, 2, 0.7};
    List<Posterior> arms = new ArrayList<>();
    List<Posterior> converted = new ArrayList<>();
    for (int k = 0; k < means.length; k++) {
      arms.add(new NormalPosterior(means[k], sds[k]));
      converted.add(new NormalPosterior(unit * (means[k] + shift), unit * sds[k]));
    }
    BestArmAnalysis analysis = BestArmAnalysis.of(arms, Direction.INCREASE);
    BestArmAnalysis rescaled = BestArmAnalysis.of(converted, Direction.INCREASE);
    for (int k = 0; k < arms.size(); k++) {
      assertThat(rescaled.probabilityToBeBest(k))
          .isCloseTo(analysis.probabilityToBeBest(k), within(1e-11));
      assertThat(rescaled.expectedLoss(k) / unit)
          .isCloseTo(analysis.expectedLoss(k), within(1e-11));
    }
  }

  @Property(tries = 40, seed = "20261127")
  void errorsStayWithinTheReturnedBounds(
      @ForAll("arms") List<Posterior> arms, @ForAll Direction direction) {
    List<Posterior> few = arms.subList(0, Math.min(3, arms.size()));
    // The slow way works on values, and doubles near 1 are too coarse for a pole there.
    Assume.that(few.stream().noneMatch(arm -> arm instanceof BetaPosterior b && b.beta() < 0.5));
    BestArmAnalysis analysis = BestArmAnalysis.of(few, direction);
    SlowComparison slow = new SlowComparison(few, direction);
    for (int k = 0; k < few.size(); k++) {
      // 2e-12 for the slow way itself, whose distribution functions carry about 1e-13 each
      assertThat(analysis.probabilityToBeBest(k))
          .isCloseTo(slow.probabilityToBeBest(k), within(analysis.probabilityError() + 2e-12));
      double loss = analysis.expectedLoss(k);
      assertThat(slow.expectedLoss(k, 1e-13 * loss))
          .isCloseTo(loss, within(analysis.lossError() + 1e-11 * loss));
    }
  }
}
