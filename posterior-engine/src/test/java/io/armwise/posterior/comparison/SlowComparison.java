package io.armwise.posterior.comparison;

import io.armwise.posterior.Direction;
import io.armwise.posterior.Posterior;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/**
 * A second, slow way to the same numbers that shares nothing with the quadrature under test:
 * adaptive Gauss-Kronrod (7, 15) over the arms' own distribution and quantile functions, cut at
 * many quantiles of every arm. {@code P(k best)} is integrated over the probability scale of arm k,
 * so no density is evaluated; the loss over the value.
 */
final class SlowComparison {
  private static final double[] KRONROD_NODES = {
    0.9914553711208126,
    0.9491079123427585,
    0.8648644233597691,
    0.7415311855993945,
    0.5860872354676911,
    0.4058451513773972,
    0.20778495500789848,
    0
  };
  private static final double[] KRONROD_WEIGHTS = {
    0.022935322010529224,
    0.06309209262997856,
    0.10479001032225019,
    0.14065325971552592,
    0.1690047266392679,
    0.19035057806478542,
    0.20443294007529889,
    0.20948214108472782
  };
  private static final double[] GAUSS_WEIGHTS = {
    0.1294849661688697, 0.27970539148927664, 0.3818300505051189, 0.4179591836734694
  };
  private static final double[] CUTS = {
    1e-22, 1e-16, 1e-12, 1e-9, 1e-6, 1e-4, 1e-3, 0.01, 0.05, 0.2, 0.5
  };

  private final List<? extends Posterior> arms;
  private final Direction direction;

  SlowComparison(List<? extends Posterior> arms, Direction direction) {
    this.arms = arms;
    this.direction = direction;
  }

  /** P(arm k is best), absolute error about 1e-13. */
  double probabilityToBeBest(int k) {
    Posterior arm = arms.get(k);
    double[] cuts =
        DoubleStream.concat(
                DoubleStream.of(0, 0.5), Arrays.stream(cutPoints()).map(x -> notWorseThan(arm, x)))
            .filter(p -> p >= 0 && p <= 0.5)
            .sorted()
            .distinct()
            .toArray();
    double[] upperCuts =
        DoubleStream.concat(
                DoubleStream.of(0, 0.5), Arrays.stream(cutPoints()).map(x -> better(arm, x)))
            .filter(p -> p >= 0 && p <= 0.5)
            .sorted()
            .distinct()
            .toArray();
    // Each half of the probability scale is measured from its own end.
    return integrate(p -> others(k, worseQuantile(arm, p)), cuts, 1e-13)
        + integrate(p -> others(k, betterQuantile(arm, p)), upperCuts, 1e-13);
  }

  /** Expected loss of arm k, relative error about 1e-11 unless far below the spread of the arms. */
  double expectedLoss(int k, double tolerance) {
    return integrate(
        x -> {
          double shortfall = 0;
          for (int j = 0; j < arms.size(); j++) {
            if (j != k) {
              shortfall += better(arms.get(j), x) * (1 - shortfall);
            }
          }
          return notWorseThan(arms.get(k), x) * shortfall;
        },
        cutPoints(),
        tolerance);
  }

  private double others(int k, double x) {
    double product = 1;
    for (int j = 0; j < arms.size(); j++) {
      if (j != k) {
        product *= notWorseThan(arms.get(j), x);
      }
    }
    return product;
  }

  /** P(arm is worse than x). */
  private double notWorseThan(Posterior arm, double x) {
    return direction == Direction.INCREASE ? arm.cdf(x) : arm.survival(x);
  }

  private double better(Posterior arm, double x) {
    return direction == Direction.INCREASE ? arm.survival(x) : arm.cdf(x);
  }

  private double worseQuantile(Posterior arm, double p) {
    return direction == Direction.INCREASE ? arm.quantile(p) : arm.inverseSurvival(p);
  }

  private double betterQuantile(Posterior arm, double p) {
    return direction == Direction.INCREASE ? arm.inverseSurvival(p) : arm.quantile(p);
  }

  private double[] cutPoints() {
    return arms.stream()
        .flatMapToDouble(
            arm ->
                Arrays.stream(CUTS)
                    .flatMap(p -> DoubleStream.of(arm.quantile(p), arm.inverseSurvival(p))))
        .filter(Double::isFinite)
        .sorted()
        .distinct()
        .toArray();
  }

  static double integrate(DoubleUnaryOperator f, double[] cuts, double tolerance) {
    double sum = 0;
    for (int i = 1; i < cuts.length; i++) {
      sum += adaptive(f, cuts[i - 1], cuts[i], tolerance, 30);
    }
    return sum;
  }

  private static double adaptive(
      DoubleUnaryOperator f, double a, double b, double tolerance, int depth) {
    double centre = 0.5 * (a + b);
    double half = 0.5 * (b - a);
    double kronrod = 0;
    double gauss = 0;
    for (int i = 0; i < KRONROD_NODES.length; i++) {
      double step = half * KRONROD_NODES[i];
      double value =
          i == 7
              ? f.applyAsDouble(centre)
              : f.applyAsDouble(centre - step) + f.applyAsDouble(centre + step);
      kronrod += KRONROD_WEIGHTS[i] * value;
      if (i % 2 == 1) {
        gauss += GAUSS_WEIGHTS[i / 2] * value;
      }
    }
    double difference = half * Math.abs(kronrod - gauss);
    if (depth == 0 || difference <= tolerance || difference <= 1e-13 * half * Math.abs(kronrod)) {
      return half * kronrod;
    }
    return adaptive(f, a, centre, tolerance, depth - 1)
        + adaptive(f, centre, b, tolerance, depth - 1);
  }
}
