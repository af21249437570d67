package io.armwise.simulations.random;

/**
 * Beta laws, one per arm, from which one value each is drawn again and again while few of them
 * change: what depends on the parameters alone is kept. One owner; not thread-safe.
 */
public final class BetaRace {
  private final double[] alpha;
  private final double[] beta;

  /**
   * Shape less a third, and its scale, of each arm's two gammas; see {@link RandomStream#gamma}.
   */
  private final double[] alphaLess;

  private final double[] alphaScale;
  private final double[] betaLess;
  private final double[] betaScale;

  /** Whether a shape below 1 is among the parameters, which takes the long way. */
  private int small;

  /**
   * As many uniform laws.
   *
   * @param arms {@code >= 1}
   */
  public BetaRace(int arms) {
    alpha = new double[arms];
    beta = new double[arms];
    alphaLess = new double[arms];
    alphaScale = new double[arms];
    betaLess = new double[arms];
    betaScale = new double[arms];
    for (int arm = 0; arm < arms; arm++) {
      setAlpha(arm, 1);
      setBeta(arm, 1);
    }
  }

  /**
   * Changes an arm's first parameter.
   *
   * @param value {@code > 0}
   */
  public void setAlpha(int arm, double value) {
    small += (value < 1 ? 1 : 0) - (alpha[arm] > 0 && alpha[arm] < 1 ? 1 : 0);
    alpha[arm] = value;
    alphaLess[arm] = RandomStream.less(value);
    alphaScale[arm] = RandomStream.scale(alphaLess[arm]);
  }

  /**
   * Changes an arm's second parameter.
   *
   * @param value {@code > 0}
   */
  public void setBeta(int arm, double value) {
    small += (value < 1 ? 1 : 0) - (beta[arm] > 0 && beta[arm] < 1 ? 1 : 0);
    beta[arm] = value;
    betaLess[arm] = RandomStream.less(value);
    betaScale[arm] = RandomStream.scale(betaLess[arm]);
  }

  /** Draws a value of every arm and says whose is largest; of equals the first. */
  public int largest(RandomStream random) {
    int best = 0;
    double bestUp = 0;
    double bestDown = 1;
    for (int arm = 0; arm < alpha.length; arm++) {
      double up;
      double down;
      if (small == 0) {
        up = random.gamma(alphaLess[arm], alphaScale[arm]);
        down = random.gamma(betaLess[arm], betaScale[arm]);
      } else {
        up = random.gamma(alpha[arm]);
        down = random.gamma(beta[arm]);
        if (up + down == 0) {
          // Both underflow only where the distribution sits at 0 and 1.
          up = random.chance(alpha[arm] / (alpha[arm] + beta[arm])) ? 1 : 0;
          down = 1 - up;
        }
      }
      // up/(up + down) is larger exactly where up/down is.
      if (up * bestDown > bestUp * down) {
        best = arm;
        bestUp = up;
        bestDown = down;
      }
    }
    return best;
  }
}
