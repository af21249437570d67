package io.armwise.posterior.classical;

/** The hypothesis that stands against "the effect equals the null value". */
public enum Alternative {
  /** The effect differs from the null value; the interval has two finite ends. */
  TWO_SIDED,
  /** The effect exceeds the null value; the interval is {@code [lower, ∞)}. */
  GREATER,
  /** The effect is below the null value; the interval is {@code (−∞, upper]}. */
  LESS;

  /**
   * Exchanges the two one-sided hypotheses, as exchanging the arms does.
   *
   * @return the alternative for the negated effect
   */
  public Alternative negated() {
    return switch (this) {
      case TWO_SIDED -> TWO_SIDED;
      case GREATER -> LESS;
      case LESS -> GREATER;
    };
  }

  /** Number of tails among which the error probability is shared: 2 or 1. */
  int tails() {
    return this == TWO_SIDED ? 2 : 1;
  }
}
