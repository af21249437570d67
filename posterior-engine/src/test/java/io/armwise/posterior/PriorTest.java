package io.armwise.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriorTest {

  @Test
  void worthIsTheEvidenceThatWeighsAsMuch() {
    BetaPrior beta = new BetaPrior(3, 97);
    assertThat(beta.posterior(new BernoulliEvidence(beta.worth(), 50)).mean())
        .isCloseTo((0.03 + 0.5) / 2, within(1e-15));
    GammaPrior gamma = new GammaPrior(6, 3);
    assertThat(gamma.posterior(new CountEvidence(30, gamma.worth())).mean())
        .isCloseTo((2.0 + 10) / 2, within(1e-14));
    NormalPrior normal = new NormalPrior(1, 2, 10);
    assertThat(normal.posterior(new MomentEvidence(normal.worth(), 5, 0)).mean())
        .isCloseTo(3, within(1e-14));
    NormalInverseGammaPrior joint = new NormalInverseGammaPrior(1, 8, 2, 3);
    assertThat(joint.posterior(new MomentEvidence(joint.worth(), 5, 0)).mean())
        .isCloseTo(3, within(1e-14));
  }

  @Test
  void discountingKeepsTheExpectedMean() {
    List<Prior<? extends Evidence<?>>> priors =
        List.of(
            new BetaPrior(3, 97),
            new GammaPrior(6, 3),
            new NormalPrior(1, 2, 10),
            new NormalInverseGammaPrior(1, 8, 2, 3));
    for (Prior<?> prior : priors) {
      Prior<?> discounted = prior.discounted(0.25);
      assertThat(discounted.worth()).isCloseTo(0.25 * prior.worth(), within(1e-12));
      assertThat(expectedMean(discounted)).isCloseTo(expectedMean(prior), within(1e-14));
      assertThat(prior.worthAtMost(2).worth()).isCloseTo(2, within(1e-12));
      assertThat(prior.worthAtMost(1e6)).isSameAs(prior);
      for (double bad : new double[] {0, -1, 1.5, Double.NaN}) {
        assertThatIllegalArgumentException().isThrownBy(() -> prior.discounted(bad));
      }
      assertThatIllegalArgumentException().isThrownBy(() -> prior.worthAtMost(Double.NaN));
    }
  }

  private static double expectedMean(Prior<?> prior) {
    return switch (prior) {
      case BetaPrior(double alpha, double beta) -> alpha / (alpha + beta);
      case GammaPrior(double shape, double rate) -> shape / rate;
      case NormalPrior normal -> normal.mean();
      case NormalInverseGammaPrior joint -> joint.mean();
    };
  }

  @Test
  void aUniformPriorCannotBeContradicted() {
    assertThat(BetaPrior.UNIFORM.check(new BernoulliEvidence(1000, 0)).probability()).isEqualTo(1);
  }

  @Test
  void surprisingEvidenceContradictsAConfidentPrior() {
    BetaPrior prior = BetaPrior.ofMean(0.05, 2000);
    assertThat(prior.check(new BernoulliEvidence(1000, 50)).conflictsAt(0.01)).isFalse();
    assertThat(prior.check(new BernoulliEvidence(1000, 120)).conflictsAt(0.01)).isTrue();
    GammaPrior gamma = new GammaPrior(200, 100);
    assertThat(gamma.check(new CountEvidence(100, 50)).conflictsAt(0.01)).isFalse();
    assertThat(gamma.check(new CountEvidence(200, 50)).conflictsAt(0.01)).isTrue();
    NormalInverseGammaPrior joint = new NormalInverseGammaPrior(0, 50, 20, 20);
    assertThat(joint.check(new MomentEvidence(100, 0.1, 100)).conflictsAt(0.01)).isFalse();
    assertThat(joint.check(new MomentEvidence(100, 1, 100)).conflictsAt(0.01)).isTrue();
    assertThat(joint.checkSpread(new MomentEvidence(100, 0, 100)).conflictsAt(0.01)).isFalse();
    assertThat(joint.checkSpread(new MomentEvidence(100, 0, 400)).conflictsAt(0.01)).isTrue();
    assertThat(joint.checkSpread(new MomentEvidence(100, 0, 25)).conflictsAt(0.01)).isTrue();
  }

  /** Adds up every number that is no more probable, one by one. */
  @Test
  void checkOfARateIsTheSumOverEveryLessProbableCount() {
    for (BetaPrior prior :
        List.of(
            new BetaPrior(2, 5),
            new BetaPrior(0.5, 0.5),
            new BetaPrior(0.3, 0.7),
            new BetaPrior(1, 0.5),
            new BetaPrior(0.5, 3),
            new BetaPrior(40, 3))) {
      BetaBinomial predictive = prior.predictive(37);
      for (int seen = 0; seen <= 37; seen++) {
        double expected = 0;
        for (int k = 0; k <= 37; k++) {
          if (predictive.logProbability(k) <= predictive.logProbability(seen) + 1e-9) {
            expected += predictive.probability(k);
          }
        }
        assertThat(prior.check(new BernoulliEvidence(37, seen)).probability())
            .as("%s, %s of 37", prior, seen)
            .isCloseTo(expected, within(1e-12));
      }
    }
  }

  @Test
  void checkOfACountIsTheSumOverEveryLessProbableCount() {
    for (GammaPrior prior : List.of(new GammaPrior(6, 3), new GammaPrior(0.5, 1))) {
      NegativeBinomial predictive = prior.predictive(4);
      for (int seen = 0; seen < 40; seen++) {
        double expected = 0;
        for (int k = 0; k < 2000; k++) {
          if (predictive.logProbability(k) <= predictive.logProbability(seen) + 1e-9) {
            expected += predictive.probability(k);
          }
        }
        assertThat(prior.check(new CountEvidence(seen, 4)).probability())
            .isCloseTo(expected, within(1e-12));
      }
    }
  }

  @Test
  void predictiveCountsAreDistributions() {
    for (CountDistribution counts :
        List.of(
            new BetaBinomial(200, 2, 30),
            new BetaBinomial(200, 0.2, 0.4),
            new NegativeBinomial(3, 2, 20))) {
      double sum = 0;
      double mean = 0;
      double square = 0;
      for (int k = 0; k < 4000; k++) {
        double p = counts.probability(k);
        sum += p;
        mean += k * p;
        square += (double) k * k * p;
        if (k % 7 == 0) {
          assertThat(counts.cdf(k)).isCloseTo(Math.min(1, sum), within(1e-12));
          assertThat(counts.cdf(k) + counts.survival(k)).isCloseTo(1, within(1e-14));
        }
      }
      assertThat(sum).isCloseTo(1, within(1e-12));
      assertThat(counts.mean()).isCloseTo(mean, within(1e-10 * mean));
      assertThat(counts.variance()).isCloseTo(square - mean * mean, within(1e-9 * square));
      assertThat(counts.cdf(-1)).isZero();
      assertThat(counts.survival(-1)).isEqualTo(1);
    }
  }

  @Test
  void tooShortAHistoryGivesNoPrior() {
    assertThat(
            BetaPriorEstimate.from(
                List.of(new BernoulliEvidence(10, 3), BernoulliEvidence.NONE), 100))
        .isEqualTo(new PriorFit.TooFew<BetaPrior>(1, 2));
  }

  @Test
  void aHistoryWithoutSuccessesIsHomogeneousAndKeepsTheRateOffZero() {
    List<BernoulliEvidence> history =
        List.of(new BernoulliEvidence(100, 0), new BernoulliEvidence(99, 0));
    assertThat(BetaPriorEstimate.from(history, 50))
        .isInstanceOfSatisfying(
            PriorFit.Homogeneous.class,
            fit ->
                assertThat(((BetaPrior) fit.prior()).alpha())
                    .isCloseTo(50 * 0.5 / 200, within(1e-12)));
  }

  @Test
  void weightsUndoUnequalPropensities() {
    WeightedEvidence evidence = WeightedEvidence.NONE;
    for (int i = 0; i < 100; i++) {
      // Value 1 is shown with probability 0.8, value 3 with 0.2: their plain mean would be 1.4.
      evidence = evidence.add(i % 5 == 0 ? 3 : 1, i % 5 == 0 ? 0.2 : 0.8);
    }
    assertThat(evidence.mean()).isCloseTo(2, within(1e-14));
    assertThat(evidence.effectiveSampleSize())
        .isCloseTo(200.0 * 200 / (20 * 25 + 80 * 1.5625), within(1e-10));
    assertThat(evidence.standardError())
        .isCloseTo(Math.sqrt(20 * 25 + 80 * 1.5625) / 200, within(1e-14));
    assertThat(evidence.merge(WeightedEvidence.NONE)).isEqualTo(evidence);
  }

  @Test
  void impossibleEvidenceIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new BernoulliEvidence(3, 4));
    assertThatIllegalArgumentException().isThrownBy(() -> new BernoulliEvidence(Double.NaN, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new BernoulliEvidence(3, Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> new CountEvidence(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new MomentEvidence(1, 0, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new MomentEvidence(0, 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> MomentEvidence.of(1, Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CovariateEvidence(3, 0, 0, 1, 1, 1.1));
    assertThatIllegalArgumentException().isThrownBy(() -> WeightedEvidence.NONE.add(1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExactSums(2, BigDecimal.TEN, BigDecimal.ONE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BernoulliEvidence.NONE.discounted(Duration.ofHours(-1), Duration.ZERO));
    BernoulliEvidence some = new BernoulliEvidence(2, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> some.without(new BernoulliEvidence(3, 1)));
    assertThatIllegalArgumentException().isThrownBy(() -> some.scaled(-1));
  }
}
