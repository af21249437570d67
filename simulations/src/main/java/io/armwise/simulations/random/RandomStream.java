package io.armwise.simulations.random;

/**
 * A stream of random numbers that its {@link StreamKey} determines, with exact samplers. The bits
 * come from L64X128MixRandom, whose algorithm the Java platform specifies. One owner; not
 * thread-safe.
 */
public final class RandomStream {
  private final L64X128Mix bits;

  RandomStream(byte[] seed) {
    bits = new L64X128Mix(seed);
  }

  /** The next 64 bits. */
  public long nextLong() {
    return bits.nextLong();
  }

  /** Uniform on the multiples of 2^−53 in [0, 1). */
  public double uniform() {
    return bits.nextDouble();
  }

  /** Uniform on the odd multiples of 2^−54 in (0, 1): never 0, so its logarithm is finite. */
  public double openUniform() {
    return bits.nextDouble() + 0x1p-54;
  }

  /**
   * Uniform on 0 … bound − 1.
   *
   * @param bound {@code >= 1}
   */
  public int below(int bound) {
    return bits.nextInt(bound);
  }

  /** Standard normal. */
  public double gaussian() {
    return bits.nextGaussian();
  }

  /** Exponential of mean 1. */
  public double exponential() {
    return bits.nextExponential();
  }

  /**
   * True with the given probability.
   *
   * @param probability in [0, 1]
   */
  public boolean chance(double probability) {
    return bits.nextDouble() < probability;
  }

  /**
   * Gamma of rate 1, by squeezed rejection from a normal; below shape 1 a power of a uniform brings
   * it down. Source: Marsaglia and Tsang (2000), ACM Transactions on Mathematical Software 26:363.
   *
   * @param shape {@code > 0}
   */
  public double gamma(double shape) {
    if (!(shape > 0 && shape < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("shape must be > 0 and finite, got " + shape);
    }
    if (shape < 1) {
      return gamma(shape + 1) * Math.pow(openUniform(), 1 / shape);
    }
    double less = less(shape);
    return gamma(less, scale(less));
  }

  /** What of a shape the sampler of gammas uses: Marsaglia and Tsang's d. */
  static double less(double shape) {
    return shape - 1.0 / 3;
  }

  /** Their c. */
  static double scale(double less) {
    return 1 / Math.sqrt(9 * less);
  }

  /** The sampler for a shape of at least 1. */
  double gamma(double less, double scale) {
    while (true) {
      double x = bits.nextGaussian();
      double root = 1 + scale * x;
      if (root > 0) {
        double v = root * root * root;
        double u = openUniform();
        double square = x * x;
        if (u < 1 - 0.0331 * square * square
            || Math.log(u) < 0.5 * square + less * (1 - v + Math.log(v))) {
          return less * v;
        }
      }
    }
  }

  /**
   * Beta, as a ratio of gammas.
   *
   * @param alpha {@code > 0}
   * @param beta {@code > 0}
   */
  public double beta(double alpha, double beta) {
    double a = gamma(alpha);
    double b = gamma(beta);
    // Both underflow only where the distribution sits at 0 and 1.
    return a + b > 0 ? a / (a + b) : chance(alpha / (alpha + beta)) ? 1 : 0;
  }

  /**
   * Successes among independent trials; see {@link Binomial}.
   *
   * @param trials {@code >= 0}
   * @param probability of success, in [0, 1]
   */
  public long binomial(long trials, double probability) {
    return Binomial.draw(trials, probability, this);
  }

  /**
   * How many of so many independent units fall to each arm: conditional binomials in arm order.
   *
   * @param units {@code >= 0}
   * @param shares probabilities in arm order, summing to 1 within rounding
   * @return shape (arms), summing to {@code units}
   */
  public long[] multinomial(long units, double[] shares) {
    long[] counts = new long[shares.length];
    long left = units;
    double remaining = 0;
    int last = 0;
    for (int arm = 0; arm < shares.length; arm++) {
      if (shares[arm] > 0) {
        remaining += shares[arm];
        last = arm;
      }
    }
    for (int arm = 0; arm < last && left > 0; arm++) {
      if (shares[arm] > 0) {
        counts[arm] = binomial(left, Math.min(1, shares[arm] / remaining));
        left -= counts[arm];
        remaining -= shares[arm];
      }
    }
    counts[last] += left;
    return counts;
  }
}
