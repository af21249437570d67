package io.armwise.simulations.world;

import io.armwise.simulations.random.RandomStream;
import java.util.Arrays;
import java.util.List;

/** Where the arms' true means come from. */
public sealed interface Means {

  /** Number of arms, {@code >= 2}. */
  int arms();

  /** The arms' means in one replication, shape (arms). */
  double[] draw(RandomStream random);

  /** A typical mean of the first arm: what a planner would guess before the experiment. */
  double baseline();

  /**
   * The same means in every replication.
   *
   * @param values in arm order, at least two; the first arm is the control
   */
  record Fixed(List<Double> values) implements Means {
    /** Guards the number. */
    public Fixed {
      values = List.copyOf(values);
      requireArms(values.size());
    }

    @Override
    public int arms() {
      return values.size();
    }

    @Override
    public double[] draw(RandomStream random) {
      return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public double baseline() {
      return values.getFirst();
    }
  }

  /**
   * Rates drawn anew for every replication, independent and alike: the world in which a Beta prior
   * is right.
   *
   * @param arms {@code >= 2}
   * @param alpha {@code > 0}
   * @param beta {@code > 0}
   */
  record FromBeta(int arms, double alpha, double beta) implements Means {
    /** Guards the parameters. */
    public FromBeta {
      requireArms(arms);
      Guard.positive("alpha", alpha);
      Guard.positive("beta", beta);
    }

    @Override
    public double[] draw(RandomStream random) {
      double[] means = new double[arms];
      Arrays.setAll(means, arm -> random.beta(alpha, beta));
      return means;
    }

    @Override
    public double baseline() {
      return alpha / (alpha + beta);
    }
  }

  /**
   * Means drawn from a normal distribution for every replication.
   *
   * @param arms {@code >= 2}
   * @param mean finite
   * @param deviation {@code > 0}
   */
  record FromNormal(int arms, double mean, double deviation) implements Means {
    /** Guards the parameters. */
    public FromNormal {
      requireArms(arms);
      if (!Double.isFinite(mean)) {
        throw new IllegalArgumentException("mean must be finite, got " + mean);
      }
      Guard.positive("deviation", deviation);
    }

    @Override
    public double[] draw(RandomStream random) {
      double[] means = new double[arms];
      Arrays.setAll(means, arm -> mean + deviation * random.gaussian());
      return means;
    }

    @Override
    public double baseline() {
      return mean;
    }
  }

  /**
   * The rates of logged experiments: every replication plays one of them, drawn uniformly.
   *
   * @param source where they come from, for the reader
   * @param experiments the arms' rates of each experiment, all with the same number of arms
   */
  record FromLog(String source, List<List<Double>> experiments) implements Means {
    /** Guards the shape. */
    public FromLog {
      experiments = experiments.stream().map(List::copyOf).toList();
      if (experiments.isEmpty()) {
        throw new IllegalArgumentException("a log must have an experiment, got none in " + source);
      }
      int arms = experiments.getFirst().size();
      requireArms(arms);
      if (experiments.stream().anyMatch(rates -> rates.size() != arms)) {
        throw new IllegalArgumentException("experiments of a log must have equally many arms");
      }
    }

    @Override
    public int arms() {
      return experiments.getFirst().size();
    }

    @Override
    public double[] draw(RandomStream random) {
      return experiments.get(random.below(experiments.size())).stream()
          .mapToDouble(Double::doubleValue)
          .toArray();
    }

    @Override
    public double baseline() {
      return experiments.stream().mapToDouble(List::getFirst).average().orElseThrow();
    }
  }

  private static void requireArms(int arms) {
    if (!(arms >= 2 && arms <= 1000)) {
      throw new IllegalArgumentException("arms must be in [2, 1000], got " + arms);
    }
  }
}
