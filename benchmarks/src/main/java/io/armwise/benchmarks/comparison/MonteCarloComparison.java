package io.armwise.benchmarks.comparison;

import java.util.SplittableRandom;

/**
 * Probability to be best and expected loss of Beta arms by sampling, as dashboards usually compute
 * them: two gamma draws per arm and repetition (Marsaglia and Tsang 2000, for shapes of at least
 * 1). The peer that the quadrature is measured against.
 */
final class MonteCarloComparison {
  private final int draws;
  private final SplittableRandom random;
  private double[] probability = {};
  private double[] loss = {};
  private double[] value = {};

  MonteCarloComparison(int draws, long seed) {
    this.draws = draws;
    random = new SplittableRandom(seed);
  }

  double probabilityToBeBest(int arm) {
    return probability[arm];
  }

  double expectedLoss(int arm) {
    return loss[arm];
  }

  void evaluateBetas(double[] alpha, double[] beta) {
    int arms = alpha.length;
    probability = new double[arms];
    loss = new double[arms];
    value = new double[arms];
    for (int draw = 0; draw < draws; draw++) {
      int best = 0;
      for (int k = 0; k < arms; k++) {
        double successes = gamma(alpha[k]);
        value[k] = successes / (successes + gamma(beta[k]));
        if (value[k] > value[best]) {
          best = k;
        }
      }
      probability[best] += 1.0 / draws;
      for (int k = 0; k < arms; k++) {
        loss[k] += (value[best] - value[k]) / draws;
      }
    }
  }

  private double gamma(double shape) {
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double normal = random.nextGaussian();
      double root = 1 + c * normal;
      double cube = root * root * root;
      if (cube > 0
          && Math.log(1 - random.nextDouble())
              < 0.5 * normal * normal + d - d * cube + d * Math.log(cube)) {
        return d * cube;
      }
    }
  }
}
