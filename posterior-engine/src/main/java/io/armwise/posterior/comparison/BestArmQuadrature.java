package io.armwise.posterior.comparison;

import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.StudentTPosterior;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Probability to be best and expected loss of every arm, computed in memory that is reused from
 * call to call: for simulators and allocators that compare arms millions of times.
 *
 * <p>For independent arms with densities {@code f_k} and distribution functions {@code F_k}
 *
 * <pre>
 *   P(k best)  = int f_k prod_{j != k} F_j
 *   L_best     = int F_* (1 - prod_{j != *} F_j) dx,   * the arm of the best mean
 *   L_k        = L_best + (mean of * - mean of k)
 * </pre>
 *
 * All terms are positive, so small losses keep their relative accuracy. Both integrals share one
 * sweep over panels of sixteen Gauss-Legendre nodes. Since {@code sum_k f_k prod_{j != k} F_j} is
 * the derivative of {@code prod F_j}, the probabilities gained on a panel have a known sum; its
 * violation, the last Legendre coefficients of the densities and the total mass of every arm that
 * was swept whole make up the returned error, and a panel whose share is too large is halved.
 *
 * <p>Accuracy: absolute error below 1e-10 for probabilities, relative error below 1e-8 for losses
 * above 1e-12 of the arms' scale; see {@link #probabilityError} for the estimate of each result.
 * Cost: proportional to the number of arms times the number of nodes.
 *
 * <p>Results do not depend on the order of the arms, to the bit. Not thread-safe: one instance per
 * thread.
 */
public final class BestArmQuadrature {
  /** Largest number of arms in one comparison. */
  public static final int MAX_ARMS = 1_000;

  private static final double RELATIVE_LOSS_TARGET = 1e-10;
  private static final double SMALLEST_SHARE_OF_SCALE = 1e-13;

  /** A thousand equal arms, and tails with hardly a mean, err by up to 1.4 times the plain sum. */
  private static final double LOSS_CAUTION = 2;

  /** Minus the logarithm of the mass any arm may lose at either end: 1e-13. */
  private static final double SHALLOWEST = 30;

  private final ArmTable arms = new ArmTable();
  private final Sweep sweep = new Sweep(arms);
  private final BestArmIntegrals integrals = new BestArmIntegrals();
  private int[] order = {};
  private double[] sortedAlpha = {};
  private double[] sortedBeta = {};
  private double[] gap = {};
  private double[] probability = {};
  private double[] loss = {};
  private int size;
  private double lossError;
  private double probabilityError;

  /** Creates an instance that allocates its memory at first use. */
  public BestArmQuadrature() {}

  /**
   * Compares arms of any families.
   *
   * @param posteriors 1 to {@link #MAX_ARMS} independent arms
   * @param direction which values are better
   * @throws IllegalArgumentException if there is no arm or more than {@link #MAX_ARMS}
   * @throws ArithmeticException if values near the largest double overflow
   */
  public void evaluate(List<? extends Posterior> posteriors, Direction direction) {
    begin(posteriors.size());
    ArmOrder.sort(
        order, size, (i, j) -> ArmOrder.compare(posteriors.get(i), posteriors.get(j), direction));
    List<Posterior> sorted = new ArrayList<>(size);
    for (int k = 0; k < size; k++) {
      sorted.add(posteriors.get(order[k]));
    }
    arms.load(sorted, direction);
    int leader = 0;
    boolean finiteLoss = true;
    for (int k = 0; k < size; k++) {
      Posterior arm = sorted.get(k);
      if (direction.gain(arm.mean()) > direction.gain(sorted.get(leader).mean())) {
        leader = k;
      }
      finiteLoss &= !(arm instanceof StudentTPosterior t) || t.degreesOfFreedom() > 1;
    }
    for (int k = 0; k < size; k++) {
      gap[k] = direction.gain(differenceOfMeans(sorted.get(leader), sorted.get(k)));
    }
    integrate(direction, leader, finiteLoss);
    finish(finiteLoss || size == 1);
    for (int k = 1; k < size; k++) {
      if (sorted.get(k).equals(sorted.get(k - 1))) {
        copyResult(k - 1, k);
      }
    }
  }

  /**
   * Compares Beta arms given as parameters; allocates next to nothing once the memory is large
   * enough.
   *
   * @param alpha shape (arms), pseudo-successes, each positive and finite
   * @param beta shape (arms), pseudo-failures, each positive and finite
   * @param count number of arms to read, 1 to {@link #MAX_ARMS}
   * @param direction which values are better
   * @throws IllegalArgumentException if the count is out of range or larger than an array, or a
   *     parameter is NaN, not positive or infinite
   */
  public void evaluateBetas(double[] alpha, double[] beta, int count, Direction direction) {
    if (!(count <= alpha.length && count <= beta.length)) {
      throw new IllegalArgumentException(
          "count must be <= the lengths of alpha and beta, got " + count);
    }
    for (int k = 0; k < count; k++) {
      requirePositive("alpha", k, alpha[k]);
      requirePositive("beta", k, beta[k]);
    }
    begin(count);
    ArmOrder.sort(order, alpha, beta, count);
    for (int k = 0; k < count; k++) {
      sortedAlpha[k] = alpha[order[k]];
      sortedBeta[k] = beta[order[k]];
    }
    arms.loadBetas(sortedAlpha, sortedBeta, count);
    int leader = 0;
    for (int k = 1; k < count; k++) {
      if (direction.gain(betaDifference(k, leader)) > 0) {
        leader = k;
      }
    }
    for (int k = 0; k < count; k++) {
      gap[k] = direction.gain(betaDifference(leader, k));
    }
    integrate(direction, leader, true);
    finish(true);
    for (int k = 1; k < count; k++) {
      if (sortedAlpha[k] == sortedAlpha[k - 1] && sortedBeta[k] == sortedBeta[k - 1]) {
        copyResult(k - 1, k);
      }
    }
  }

  /**
   * Number of arms of the last comparison.
   *
   * @return 0 before the first comparison
   */
  public int size() {
    return size;
  }

  /**
   * Probability that an arm of the last comparison is better than all others.
   *
   * @param arm index in the order the arms were given
   * @return in [0, 1]; 1 when there is only one arm
   * @throws IndexOutOfBoundsException unless {@code 0 <= arm < size}
   */
  public double probabilityToBeBest(int arm) {
    return probability[Objects.checkIndex(arm, size)];
  }

  /**
   * Expected shortfall of an arm of the last comparison against the best arm, {@code E[max_j
   * theta_j - theta_k]} when larger is better and {@code E[theta_k - min_j theta_j]} when smaller
   * is.
   *
   * @param arm index in the order the arms were given
   * @return in the unit of the metric, {@code >= 0}; {@code +Infinity} when an arm is a Student t
   *     with one degree of freedom or fewer and has a rival
   * @throws IndexOutOfBoundsException unless {@code 0 <= arm < size}
   */
  public double expectedLoss(int arm) {
    return loss[Objects.checkIndex(arm, size)];
  }

  /**
   * Estimated bound on the absolute error of every probability of the last comparison.
   *
   * @return {@code >= 0}
   */
  public double probabilityError() {
    return probabilityError;
  }

  /**
   * Estimated bound on the absolute error of every expected loss of the last comparison.
   *
   * @return in the unit of the metric, {@code >= 0}
   */
  public double lossError() {
    return lossError;
  }

  /** Number of panels of the last comparison, for benchmarks and tests. */
  int panels() {
    return sweep.panels;
  }

  private void begin(int count) {
    if (!(count >= 1 && count <= MAX_ARMS)) {
      throw new IllegalArgumentException(
          "number of arms must be in [1, " + MAX_ARMS + "], got " + count);
    }
    size = count;
    if (order.length < count) {
      order = new int[count];
      sortedAlpha = new double[count];
      sortedBeta = new double[count];
      gap = new double[count];
      probability = new double[count];
      loss = new double[count];
    }
  }

  private void integrate(Direction direction, int leader, boolean finiteLoss) {
    if (size == 1) {
      integrals.single();
      return;
    }
    if (!finiteLoss) {
      arms.setReach(SHALLOWEST);
      integrals.run(sweep, direction, leader, Double.POSITIVE_INFINITY, SHALLOWEST, 0);
      return;
    }
    double scale = 0;
    double guess = 0;
    for (int k = 0; k < size; k++) {
      double sd = Math.hypot(arms.scale(k), arms.scale(leader));
      scale = Math.max(scale, arms.scale(k));
      if (k != leader) {
        guess = Math.max(guess, sd * roughLoss(gap[k] / sd));
      }
    }
    double smallest = SMALLEST_SHARE_OF_SCALE * scale;
    double expected = Math.max(guess, smallest);
    integrateFor(direction, leader, scale, expected);
    // The guess is a normal approximation; where it was far too large the tails need another look.
    if (integrals.loss() < 0.01 * expected && expected > smallest) {
      integrateFor(direction, leader, scale, Math.max(integrals.loss(), smallest));
    }
  }

  /** Follows the tails as deep as a loss of the expected size needs, and probabilities at least. */
  private void integrateFor(Direction direction, int leader, double scale, double expectedLoss) {
    double wanted = Math.log(scale / (RELATIVE_LOSS_TARGET * expectedLoss));
    double depth = Math.clamp(wanted, SHALLOWEST, ArmTable.DEEPEST);
    arms.setReach(depth);
    double target = RELATIVE_LOSS_TARGET * expectedLoss;
    integrals.run(sweep, direction, leader, target, depth, scale);
  }

  /** Expected excess of a standard normal over {@code z >= 0}, within a factor of two. */
  private static double roughLoss(double z) {
    return 0.4 * Math.exp(-0.5 * z * z) / (1 + z * z);
  }

  private void finish(boolean finiteLoss) {
    if (!(integrals.probabilityError() < Double.POSITIVE_INFINITY
        && integrals.loss() < Double.POSITIVE_INFINITY)) {
      throw new ArithmeticException(
          "comparison of " + size + " arms exceeds the range of doubles; change the metric's unit");
    }
    probabilityError = integrals.probabilityError();
    double lossErrorOfLeader = LOSS_CAUTION * integrals.lossError();
    lossError = lossErrorOfLeader + 4e-16 * gap[0];
    for (int k = 0; k < size; k++) {
      probability[order[k]] = Math.clamp(integrals.probability(k), 0.0, 1.0);
      loss[order[k]] = finiteLoss ? integrals.loss() + gap[k] : Double.POSITIVE_INFINITY;
      lossError = Math.max(lossError, lossErrorOfLeader + 4e-16 * gap[k]);
    }
  }

  private void copyResult(int from, int to) {
    probability[order[to]] = probability[order[from]];
    loss[order[to]] = loss[order[from]];
  }

  private static double differenceOfMeans(Posterior x, Posterior y) {
    return x instanceof BetaPosterior b && y instanceof BetaPosterior c
        ? betaDifference(b.alpha(), b.beta(), c.alpha(), c.beta())
        : x.mean() - y.mean();
  }

  private double betaDifference(int i, int j) {
    return betaDifference(sortedAlpha[i], sortedBeta[i], sortedAlpha[j], sortedBeta[j]);
  }

  /** {@code a/(a+b) - c/(c+d)} without cancellation: the numerator is {@code a d - c b}. */
  private static double betaDifference(double a, double b, double c, double d) {
    double ad = a * d;
    double cb = c * b;
    double numerator = (ad - cb) + (Math.fma(a, d, -ad) - Math.fma(c, b, -cb));
    double difference = numerator / (a + b) / (c + d);
    return Double.isFinite(difference) ? difference : a / (a + b) - c / (c + d);
  }

  private static void requirePositive(String name, int k, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + "[" + k + "] must be > 0 and finite, got " + value);
    }
  }
}
