package io.armwise.bandits.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;

class AllocationPropertyTest {

  /** Probability vectors, many of them with entries of very different size. */
  @Provide
  Arbitrary<double[]> probabilities() {
    Arbitrary<Double> weights =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.doubles().between(0, 1).ofScale(9)),
            Tuple.of(2, Arbitraries.integers().between(-60, 0).map(e -> Math.pow(10, e))),
            Tuple.of(1, Arbitraries.just(0.0)));
    return weights
        .array(Double[].class)
        .ofMinSize(1)
        .ofMaxSize(20)
        .map(values -> Arrays.stream(values).mapToDouble(Double::doubleValue).toArray())
        .filter(values -> Arrays.stream(values).sum() > 0)
        .map(AllocationPropertyTest::normalized);
  }

  @Provide
  Arbitrary<AllocationPolicy> policies() {
    return Arbitraries.of(new Thompson(), new TopTwoThompson(0.5), new TopTwoThompson(0.9));
  }

  private static double[] normalized(double[] values) {
    double sum = Arrays.stream(values).sum();
    return Arrays.stream(values).map(value -> value / sum).toArray();
  }

  @Property
  void sharesAreWithinOneUnitOfTheirQuota(@ForAll("probabilities") double[] p) {
    Shares shares = Shares.ofProbabilities(p);
    assertThat(Arrays.stream(shares.toArray()).sum()).isEqualTo(Shares.TOTAL);
    for (int arm = 0; arm < p.length; arm++) {
      // The inputs sum to 1 within 20 roundings, far below a thousandth of a unit.
      assertThat(shares.share(arm) - p[arm] * Shares.TOTAL).isBetween(-1.001, 1.001);
    }
  }

  @Property
  void apportionmentIsTheOneThatBigIntegersGive(
      @ForAll("probabilities") double[] p, @ForAll @LongRange(max = 1L << 32) long total) {
    long[] parts = Apportionment.largestRemainder(p, total);
    double largest = Arrays.stream(p).max().orElseThrow();
    int shift = 50 - Math.getExponent(largest);
    BigInteger[] weights =
        Arrays.stream(p)
            .mapToObj(v -> BigInteger.valueOf((long) Math.rint(Math.scalb(v, shift))))
            .toArray(BigInteger[]::new);
    BigInteger sum = Arrays.stream(weights).reduce(BigInteger.ZERO, BigInteger::add);
    long rest = total;
    List<Integer> order = new ArrayList<>();
    BigInteger[][] quotas = new BigInteger[p.length][];
    for (int i = 0; i < p.length; i++) {
      quotas[i] = weights[i].multiply(BigInteger.valueOf(total)).divideAndRemainder(sum);
      rest -= quotas[i][0].longValueExact();
      order.add(i);
    }
    order.sort((a, b) -> quotas[b][1].compareTo(quotas[a][1]));
    for (int rank = 0; rank < p.length; rank++) {
      int i = order.get(rank);
      assertThat(parts[i]).isEqualTo(quotas[i][0].longValueExact() + (rank < rest ? 1 : 0));
    }
  }

  @Property
  void permutingArmsPermutesShares(
      @ForAll("probabilities") double[] p,
      @ForAll("policies") AllocationPolicy policy,
      @ForAll @Scale(6) @DoubleRange(max = 0.04) double floor,
      @ForAll long seed) {
    int[] order = permutation(p.length, seed);
    AllocationRule rule = new AllocationRule(policy, AllocationConstraints.NONE.withFloor(floor));
    Shares shares = rule.first(RankProbabilities.ofBest(p), live(p.length)).shares();
    Shares permuted =
        rule.first(
                RankProbabilities.ofBest(Arrays.stream(order).mapToDouble(i -> p[i]).toArray()),
                live(p.length))
            .shares();
    for (int arm = 0; arm < p.length; arm++) {
      // One unit, for remainders that tie (or nearly: sums are rounded in another order).
      assertThat(permuted.share(arm) - shares.share(order[arm])).isBetween(-1L, 1L);
    }
  }

  @Property
  void weightsArePermutedWithTheArms(
      @ForAll("probabilities") double[] p,
      @ForAll("policies") AllocationPolicy policy,
      @ForAll long seed) {
    int[] order = permutation(p.length, seed);
    double[] weights = policy.weights(RankProbabilities.ofBest(p));
    double[] permuted =
        policy.weights(
            RankProbabilities.ofBest(Arrays.stream(order).mapToDouble(i -> p[i]).toArray()));
    for (int arm = 0; arm < p.length; arm++) {
      assertThat(permuted[arm]).isCloseTo(weights[order[arm]], within(1e-14));
    }
    assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-14));
  }

  @Property
  void everyDemandIsMet(
      @ForAll("probabilities") double[] p,
      @ForAll("policies") AllocationPolicy policy,
      @ForAll @Scale(6) @DoubleRange(max = 0.04) double floor,
      @ForAll @Scale(6) @DoubleRange(min = 0.01, max = 0.2) double control,
      @ForAll("probabilities") double[] before,
      @ForAll @Scale(6) @DoubleRange(min = 0.001, max = 1) double maximumStep) {
    Assume.that(p.length >= 2 && before.length <= p.length);
    AllocationConstraints constraints =
        AllocationConstraints.NONE
            .withFloor(floor)
            .withPinned(0, control)
            .withMaximumStep(maximumStep);
    AllocationRule rule = new AllocationRule(policy, constraints);
    Shares previous = Shares.ofProbabilities(before);
    Shares first = rule.first(RankProbabilities.ofBest(p), live(p.length)).shares();
    Shares next = rule.next(RankProbabilities.ofBest(p), live(p.length), previous).shares();
    for (Shares shares : List.of(first, next)) {
      assertThat(shares.share(0)).isEqualTo(Math.round(control * Shares.TOTAL));
      for (int arm = 1; arm < p.length; arm++) {
        assertThat(shares.share(arm)).isGreaterThanOrEqualTo((long) (floor * Shares.TOTAL));
      }
    }
    // From an allocation that meets the demands already, the step is what was asked.
    Shares later = rule.next(RankProbabilities.ofBest(reversed(p)), live(p.length), next).shares();
    assertThat(later.distance(next)).isLessThanOrEqualTo(maximumStep + p.length * 0x1p-32);
  }

  @Property
  void smallStepsArriveAtTheTarget(
      @ForAll("probabilities") double[] p,
      @ForAll @Scale(6) @DoubleRange(min = 0.05, max = 1) double step) {
    AllocationRule rule =
        new AllocationRule(
            new Thompson(), AllocationConstraints.NONE.withFloor(0.01).withMaximumStep(step));
    RankProbabilities ranks = RankProbabilities.ofBest(p);
    Shares target = rule.first(ranks, live(p.length)).shares();
    Shares shares = Shares.equal(p.length);
    double left = shares.distance(target);
    for (int round = 0; round < 20; round++) {
      shares = rule.next(ranks, live(p.length), shares).shares();
      double distance = shares.distance(target);
      assertThat(distance).isLessThanOrEqualTo(Math.max(left - step, 0) + p.length * 0x1p-31);
      left = distance;
    }
    assertThat(shares).isEqualTo(target);
  }

  @Property
  void retiredArmsGetNothingAndTheOthersWhatTheyWouldGetAlone(
      @ForAll("probabilities") double[] p,
      @ForAll("policies") AllocationPolicy policy,
      @ForAll @IntRange(max = 20) int at) {
    int retired = at % (p.length + 1);
    List<Double> padded = new ArrayList<>(Arrays.stream(p).boxed().toList());
    padded.add(retired, 0.0);
    List<ArmState> arms = new ArrayList<>(live(p.length));
    arms.add(retired, new ArmState(false, 7));
    AllocationRule rule = new AllocationRule(policy, AllocationConstraints.NONE.withFloor(0.02));

    Allocation alone = rule.first(RankProbabilities.ofBest(p), live(p.length));
    Allocation padding =
        rule.first(RankProbabilities.ofBest(padded.stream().mapToDouble(v -> v).toArray()), arms);

    List<Long> shares = new ArrayList<>(Arrays.stream(padding.shares().toArray()).boxed().toList());
    assertThat(shares.remove(retired)).isZero();
    assertThat(shares)
        .containsExactlyElementsOf(Arrays.stream(alone.shares().toArray()).boxed().toList());
    assertThat(padding.adjustments()).contains(Adjustment.RETIRED);
  }

  private static double[] reversed(double[] values) {
    double[] reversed = values.clone();
    for (int i = 0; i < values.length; i++) {
      reversed[i] = values[values.length - 1 - i];
    }
    return reversed;
  }

  private static int[] permutation(int n, long seed) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(seed));
    return order.stream().mapToInt(i -> i).toArray();
  }

  private static List<ArmState> live(int arms) {
    return Collections.nCopies(arms, new ArmState(true, 0));
  }
}
