package io.armwise.posterior.sequential;

import io.armwise.posterior.special.StandardNormal;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * The sub-density of the score {@code S = Z sqrt(t)} at one look, on the paths that have not
 * stopped yet: the recursion of Armitage, McPherson and Rowe (1969), Journal of the Royal
 * Statistical Society A 132:235.
 *
 * <p>Between looks {@code S} gains a normal step with mean {@code drift dt} and variance {@code
 * dt}. The density is held at 16 Gauss-Legendre nodes per panel of at most four step deviations,
 * and cut twelve deviations from its centre, so that boundaries near z = 9, which spend 1e-18 at a
 * first look, still see the paths that lead there. Probabilities are good to about 1e-12.
 */
final class StageDensity {
  private static final int NODES_PER_PANEL = 16;
  private static final double PANEL_DEVIATIONS = 4;
  private static final double FARTHEST_DEVIATIONS = 12;
  private static final GaussIntegrator RULE =
      new GaussIntegratorFactory().legendre(NODES_PER_PANEL);

  private final double drift;
  private final double time;
  private final double[] scores;
  private final double[] masses;

  private StageDensity(double drift, double time, double[] scores, double[] masses) {
    this.drift = drift;
    this.time = time;
    this.scores = scores;
    this.masses = masses;
  }

  /** Before the first look: all mass at score 0. */
  static StageDensity start(double drift) {
    return new StageDensity(drift, 0, new double[] {0}, new double[] {1});
  }

  /** Probability to reach the look at {@code nextTime} unstopped and find {@code Z >= z} there. */
  double above(double nextTime, double z) {
    double deviation = Math.sqrt(nextTime - time);
    double shift = drift * (nextTime - time);
    double limit = z * Math.sqrt(nextTime);
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      sum += masses[i] * StandardNormal.survival((limit - scores[i] - shift) / deviation);
    }
    return sum;
  }

  /** Probability to reach the look at {@code nextTime} unstopped and find {@code Z <= z} there. */
  double below(double nextTime, double z) {
    double deviation = Math.sqrt(nextTime - time);
    double shift = drift * (nextTime - time);
    double limit = z * Math.sqrt(nextTime);
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      sum += masses[i] * StandardNormal.cdf((limit - scores[i] - shift) / deviation);
    }
    return sum;
  }

  /**
   * The sub-density after the look at {@code nextTime}, on the paths with {@code lower < Z <
   * upper}.
   *
   * @param followingTime time of the look after that, which sets how fine the nodes must be
   */
  StageDensity continued(double nextTime, double lower, double upper, double followingTime) {
    double root = Math.sqrt(nextTime);
    double centre = drift * nextTime;
    double low = Math.max(lower * root, centre - FARTHEST_DEVIATIONS * root);
    double high = Math.min(upper * root, centre + FARTHEST_DEVIATIONS * root);
    if (!(low < high)) {
      return new StageDensity(drift, nextTime, new double[0], new double[0]);
    }
    double step = nextTime - time;
    double panel = PANEL_DEVIATIONS * Math.sqrt(Math.min(step, followingTime - nextTime));
    int panels = (int) Math.ceil((high - low) / panel);
    double half = (high - low) / panels / 2;
    double[] nodes = new double[panels * NODES_PER_PANEL];
    double[] mass = new double[nodes.length];
    for (int p = 0; p < panels; p++) {
      double middle = low + (2 * p + 1) * half;
      for (int k = 0; k < NODES_PER_PANEL; k++) {
        int i = p * NODES_PER_PANEL + k;
        nodes[i] = middle + half * RULE.getPoint(k);
        mass[i] = half * RULE.getWeight(k) * density(nodes[i], step);
      }
    }
    return new StageDensity(drift, nextTime, nodes, mass);
  }

  private double density(double score, double step) {
    double deviation = Math.sqrt(step);
    double shift = drift * step;
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      double z = (score - scores[i] - shift) / deviation;
      // Nodes rise, so the part within reach is contiguous; the rest is below 1e-32.
      if (z > -FARTHEST_DEVIATIONS && z < FARTHEST_DEVIATIONS) {
        sum += masses[i] * Math.exp(-0.5 * z * z);
      }
    }
    return sum / (deviation * Math.sqrt(2 * Math.PI));
  }
}
