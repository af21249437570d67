package io.armwise.benchmarks.comparison;

import io.armwise.posterior.Direction;
import io.armwise.posterior.comparison.BestArmQuadrature;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Probability to be best and expected loss of all arms, 1,000 trials an arm, true rates uniform in
 * [0.10, 0.12]; sixteen experiments in turn, so that no branch is learnt by heart.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ComparisonBenchmark {
  private static final int EXPERIMENTS = 16;
  private static final int TRIALS = 1_000;
  private static final int DRAWS = 10_000;

  /** Number of arms. */
  @Param({"2", "10", "100"})
  public int arms;

  final BestArmQuadrature quadrature = new BestArmQuadrature();
  final MonteCarloComparison sampling = new MonteCarloComparison(DRAWS, 20_261_121);
  double[][] alpha = {};
  double[][] beta = {};
  private int next;

  /** Draws the evidence of the experiments. */
  @Setup
  public void setUp() {
    SplittableRandom random = new SplittableRandom(5);
    alpha = new double[EXPERIMENTS][arms];
    beta = new double[EXPERIMENTS][arms];
    for (int e = 0; e < EXPERIMENTS; e++) {
      for (int k = 0; k < arms; k++) {
        double rate = random.nextDouble(0.10, 0.12);
        int successes = 0;
        for (int t = 0; t < TRIALS; t++) {
          successes += random.nextDouble() < rate ? 1 : 0;
        }
        alpha[e][k] = 1 + successes;
        beta[e][k] = 1 + TRIALS - successes;
      }
    }
  }

  /**
   * By quadrature, error below 1e-10.
   *
   * @return the loss of the first arm
   */
  @Benchmark
  public double quadrature() {
    int e = next++ & (EXPERIMENTS - 1);
    quadrature.evaluateBetas(alpha[e], beta[e], arms, Direction.INCREASE);
    return quadrature.expectedLoss(0);
  }

  /**
   * By 10,000 draws, standard error up to 5e-3.
   *
   * @return the loss of the first arm
   */
  @Benchmark
  public double monteCarlo() {
    int e = next++ & (EXPERIMENTS - 1);
    sampling.evaluateBetas(alpha[e], beta[e]);
    return sampling.expectedLoss(0);
  }
}
