package io.armwise.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Laws of evidence and updates. Counts merge exactly; moments merge up to {@link #ROUNDING} of
 * their size.
 */
class EvidencePropertyTest {
  private static final double ROUNDING = 1e-12;

  @Provide
  Arbitrary<BernoulliEvidence> rates() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 1_000_000_000), Arbitraries.doubles().between(0, 1))
        .as((trials, share) -> new BernoulliEvidence(trials, Math.floor(trials * share)));
  }

  @Provide
  Arbitrary<MomentEvidence> moments() {
    return Arbitraries.doubles()
        .between(-1e6, 1e6)
        .list()
        .ofMaxSize(30)
        .map(
            values ->
                MomentEvidence.of(values.stream().mapToDouble(Double::doubleValue).toArray()));
  }

  @Provide
  Arbitrary<CovariateEvidence> covariates() {
    return Arbitraries.doubles()
        .between(-1e3, 1e3)
        .array(double[].class)
        .ofSize(2)
        .list()
        .ofMaxSize(20)
        .map(
            pairs -> {
              CovariateEvidence evidence = CovariateEvidence.NONE;
              for (double[] pair : pairs) {
                evidence = evidence.add(pair[0], pair[1] + pair[0]);
              }
              return evidence;
            });
  }

  @Provide
  Arbitrary<List<BigDecimal>> decimals() {
    return Arbitraries.bigDecimals()
        .between(new BigDecimal("-1e12"), new BigDecimal("1e12"))
        .ofScale(6)
        .list()
        .ofMaxSize(20);
  }

  @Property(tries = 300, seed = "20261122")
  void ratesMergeExactlyInAnyOrder(
      @ForAll("rates") BernoulliEvidence a,
      @ForAll("rates") BernoulliEvidence b,
      @ForAll("rates") BernoulliEvidence c) {
    assertThat(a.merge(b)).isEqualTo(b.merge(a));
    assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
    assertThat(a.merge(BernoulliEvidence.NONE)).isEqualTo(a);
    assertThat(a.merge(b).without(b)).isEqualTo(a);
  }

  @Property(tries = 300, seed = "20261123")
  void momentsMergeInAnyOrder(
      @ForAll("moments") MomentEvidence a,
      @ForAll("moments") MomentEvidence b,
      @ForAll("moments") MomentEvidence c) {
    assertThat(a.merge(b)).isEqualTo(b.merge(a));
    assertClose(a.merge(b).merge(c), a.merge(b.merge(c)), scale(a, b, c));
    assertThat(a.merge(MomentEvidence.NONE)).isEqualTo(a);
  }

  @Property(tries = 200, seed = "20261124")
  void coMomentsMergeInAnyOrder(
      @ForAll("covariates") CovariateEvidence a,
      @ForAll("covariates") CovariateEvidence b,
      @ForAll("covariates") CovariateEvidence c) {
    CovariateEvidence left = a.merge(b).merge(c);
    CovariateEvidence right = a.merge(b.merge(c));
    assertThat(a.merge(b)).isEqualTo(b.merge(a));
    double size = 1 + Math.sqrt(left.covariateSquares() * left.metricSquares());
    assertThat(left.coMoment()).isCloseTo(right.coMoment(), within(1e-11 * size + 1e-6));
    assertThat(left.metric().mean()).isCloseTo(right.metric().mean(), within(1e-9));
  }

  @Property(tries = 200, seed = "20261125")
  void exactSumsForgetTheOrderAndWhatIsTakenBack(
      @ForAll("decimals") List<BigDecimal> first, @ForAll("decimals") List<BigDecimal> second) {
    ExactSums a = sums(first);
    ExactSums b = sums(second);
    assertThat(a.merge(b)).isEqualTo(b.merge(a));
    ExactSums rest = a.merge(b).without(b);
    assertThat(rest.count()).isEqualTo(a.count());
    assertThat(rest.sum()).isEqualByComparingTo(a.sum());
    assertThat(rest.sumOfSquares()).isEqualByComparingTo(a.sumOfSquares());
    assertThat(rest.moments()).isEqualTo(a.moments());
  }

  @Property(tries = 200, seed = "20261126")
  void updatingInTwoStepsIsUpdatingWithTheMerge(
      @ForAll("moments") MomentEvidence a, @ForAll("moments") MomentEvidence b) {
    NormalInverseGammaPrior prior = new NormalInverseGammaPrior(10, 2, 1.5, 100);
    NormalInverseGammaPrior steps = prior.updated(a).updated(b);
    NormalInverseGammaPrior once = prior.updated(a.merge(b));
    assertThat(steps.mean()).isCloseTo(once.mean(), within(1e-8));
    assertThat(steps.pseudoCount()).isEqualTo(once.pseudoCount());
    assertThat(steps.shape()).isEqualTo(once.shape());
    assertThat(steps.scale()).isCloseTo(once.scale(), within(1e-11 * once.scale()));

    NormalPrior known = new NormalPrior(10, 3, 5);
    assertThat(known.updated(a).updated(b).mean())
        .isCloseTo(known.updated(a.merge(b)).mean(), within(1e-8));
    assertThat(known.updated(a).updated(b).standardDeviation())
        .isCloseTo(known.updated(a.merge(b)).standardDeviation(), within(1e-12));
  }

  /** The chain rule of probability: p(a and b) = p(a) p(b | a). */
  @Property(tries = 200, seed = "20261127")
  void marginalLikelihoodsObeyTheChainRule(
      @ForAll("rates") BernoulliEvidence a,
      @ForAll("rates") BernoulliEvidence b,
      @ForAll("moments") MomentEvidence c,
      @ForAll("moments") MomentEvidence d) {
    BetaPrior beta = new BetaPrior(2, 30);
    assertChain(
        beta.logMarginalLikelihood(a),
        beta.updated(a).logMarginalLikelihood(b),
        beta.logMarginalLikelihood(a.merge(b)));
    NormalInverseGammaPrior joint = new NormalInverseGammaPrior(10, 2, 1.5, 100);
    assertChain(
        joint.logMarginalLikelihood(c),
        joint.updated(c).logMarginalLikelihood(d),
        joint.logMarginalLikelihood(c.merge(d)));
    NormalPrior known = new NormalPrior(10, 3e5, 5e5);
    assertChain(
        known.logMarginalLikelihood(c),
        known.updated(c).logMarginalLikelihood(d),
        known.logMarginalLikelihood(c.merge(d)));
    GammaPrior gamma = new GammaPrior(3, 0.5);
    CountEvidence first = new CountEvidence(a.successes(), a.trials());
    CountEvidence second = new CountEvidence(b.successes(), b.trials());
    assertChain(
        gamma.logMarginalLikelihood(first),
        gamma.updated(first).logMarginalLikelihood(second),
        gamma.logMarginalLikelihood(first.merge(second)));
  }

  private static void assertChain(double first, double second, double both) {
    double size = 1 + Math.abs(first) + Math.abs(second);
    assertThat(first + second).isCloseTo(both, within(1e-11 * size));
  }

  @Property(tries = 200, seed = "20261128")
  void fadingTwiceIsFadingOnceForTheWholeTime(
      @ForAll("rates") BernoulliEvidence a, @ForAll("moments") MomentEvidence b) {
    Duration halfLife = Duration.ofDays(7);
    Duration one = Duration.ofHours(5);
    Duration two = Duration.ofHours(50);
    assertThat(a.discounted(one, halfLife).discounted(two, halfLife).trials())
        .isCloseTo(
            a.discounted(one.plus(two), halfLife).trials(), within(ROUNDING * (1 + a.trials())));
    assertThat(b.discounted(halfLife, halfLife).count())
        .isCloseTo(b.count() / 2, within(ROUNDING * (1 + b.count())));
    assertThat(b.discounted(halfLife, halfLife).mean()).isEqualTo(b.mean());
  }

  @Property(tries = 200, seed = "20261129")
  void scalingDistributesOverMerging(
      @ForAll("moments") MomentEvidence a, @ForAll("moments") MomentEvidence b) {
    assertClose(a.merge(b).scaled(0.25), a.scaled(0.25).merge(b.scaled(0.25)), scale(a, b));
  }

  private static double scale(MomentEvidence... parts) {
    double scale = 1;
    for (MomentEvidence part : parts) {
      scale = Math.max(scale, Math.abs(part.mean()));
      scale = Math.max(scale, Math.sqrt(part.sumOfSquaredDeviations()));
    }
    return scale;
  }

  private static void assertClose(MomentEvidence a, MomentEvidence b, double scale) {
    assertThat(a.count()).isEqualTo(b.count());
    assertThat(a.mean()).isCloseTo(b.mean(), within(ROUNDING * scale));
    // 90 values, each off by up to 2 scale: squares up to 360 scale^2.
    assertThat(a.sumOfSquaredDeviations())
        .isCloseTo(b.sumOfSquaredDeviations(), within(360 * ROUNDING * scale * scale));
  }

  private static ExactSums sums(List<BigDecimal> values) {
    return values.stream().map(ExactSums::of).reduce(ExactSums.NONE, ExactSums::merge);
  }
}
