package io.armwise.benchmarks.simulation;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Thompson sampling of rates as one writes it by hand: two gamma draws per arm and decision
 * (Marsaglia and Tsang 2000), no simulator around. The peer of the simulator's own loop.
 */
final class PlainLoop {
  private final double[] rates;
  private final SplittableRandom random;

  PlainLoop(double[] rates, long seed) {
    this.rates = rates.clone();
    this.random = new SplittableRandom(seed);
  }

  /** Regret of one experiment from uniform priors. */
  double regret(int decisions) {
    double[] alpha = new double[rates.length];
    double[] beta = new double[rates.length];
    Arrays.fill(alpha, 1);
    Arrays.fill(beta, 1);
    double best = Arrays.stream(rates).max().orElseThrow();
    double regret = 0;
    for (int decision = 0; decision < decisions; decision++) {
      int chosen = 0;
      double largest = -1;
      for (int arm = 0; arm < rates.length; arm++) {
        double up = gamma(alpha[arm]);
        double drawn = up / (up + gamma(beta[arm]));
        if (drawn > largest) {
          largest = drawn;
          chosen = arm;
        }
      }
      if (random.nextDouble() < rates[chosen]) {
        alpha[chosen]++;
      } else {
        beta[chosen]++;
      }
      regret += best - rates[chosen];
    }
    return regret;
  }

  private double gamma(double shape) {
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double root = 1 + c * x;
      double v = root * root * root;
      if (v > 0) {
        double u = 1 - random.nextDouble();
        double square = x * x;
        if (u < 1 - 0.0331 * square * square
            || Math.log(u) < 0.5 * square + d * (1 - v + Math.log(v))) {
          return d * v;
        }
      }
    }
  }
}
