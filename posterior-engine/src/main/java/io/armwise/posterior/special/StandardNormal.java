package io.armwise.posterior.special;

/**
 * The normal distribution with mean 0 and variance 1: density, both tails, their logarithms, the
 * Mills ratio, the unit loss and the quantile, all to within a few units in the last place.
 *
 * <p>Both tails are {@code phi(z)} times a Mills ratio, which varies slowly and is a polynomial in
 * {@code v = (z - 3)/(z + 3)} on four pieces. The square in {@code phi} is split exactly in two
 * doubles, or {@code z = 38} would lose three digits. The polynomials were fitted at 60 digits; see
 * {@code docs/statistics/numerics.md}.
 */
public final class StandardNormal {
  private static final double INVERSE_SQRT_TWO_PI = 0.3989422804014327;

  /** {@code (1 + z) (1 - Phi(z))/phi(z)} on quarters of {@code -1 <= v <= 1}; error 9e-17. */
  private static final double[][] MILLS = {
    {
      1.3115214461408065,
      0.025260834368212397,
      -0.029127935908286415,
      0.0037799867442897764,
      -5.686488544880768e-05,
      -1.8457032615399378e-05,
      -4.0333364268453856e-08,
      1.1003168734350606e-07,
      6.1324348839399935e-09,
      -3.473767954435262e-10,
      -6.983455789838071e-11,
      -3.148987924536897e-12,
      2.4130111109817335e-13
    },
    {
      1.2742836199614413,
      -0.04914066357699209,
      -0.009216557631680658,
      0.002649903734828597,
      -0.00020860614390587947,
      -8.269677888435323e-06,
      1.6964091010125855e-06,
      8.589578827373806e-08,
      -1.2806820300957022e-08,
      -1.3924748285353186e-09,
      5.005810004878901e-11,
      1.8281431377959743e-11,
      8.11335937093582e-13,
      -1.3482948107741114e-13
    },
    {
      1.1568486282918946,
      -0.061196676867230106,
      0.0014513574617382944,
      0.0009409423662502603,
      -0.0001839415462734885,
      1.1724237391024364e-05,
      9.731710625947667e-07,
      -1.766689340995348e-07,
      -7.181107406410586e-09,
      2.438816817344838e-09,
      1.1722284770479573e-10,
      -3.542481793177017e-11,
      -2.789401871198855e-12,
      4.657876435446312e-13
    },
    {
      1.0452594740781185,
      -0.04894200199760804,
      0.0037338120333148955,
      -4.455491970353344e-06,
      -5.605545488514773e-05,
      1.0065531229682694e-05,
      -8.31464061479921e-07,
      -1.9849175218529803e-08,
      1.383269655419145e-08,
      -1.1159957611341655e-09,
      -1.3395593740846755e-10,
      3.266396936709701e-11,
      3.140757645302016e-13,
      -6.85740987179331e-13
    }
  };

  /** {@code (1 + z)^2 (1 - z M(z))} with the Mills ratio {@code M}; error 8e-17. */
  private static final double[][] LOSS = {
    {
      1.2378440125668533,
      0.19096365477184768,
      -0.05038843842067174,
      -0.0023012389489955537,
      0.001195206782737537,
      -2.1325300098505562e-05,
      -9.936908175126086e-06,
      -1.8159519563413354e-07,
      7.125458488054821e-08,
      6.2983024341190066e-09,
      -1.0800062441386838e-10,
      -6.352052634521524e-11,
      -4.925072136772803e-12,
      6.31733889146528e-14
    },
    {
      1.417610555394335,
      -0.0035675213216853903,
      -0.0395704564867383,
      0.0048725010091487985,
      0.00043539849637045644,
      -0.00011438361625582718,
      -1.8065864022997758e-06,
      1.3331362142774362e-06,
      5.6775226409401e-08,
      -1.3476009587763937e-08,
      -1.496641026297205e-09,
      6.242476540033624e-11,
      2.377371683451791e-11,
      1.2808117036984922e-12
    },
    {
      1.2945411512431624,
      -0.09832612387867141,
      -0.008548369120979164,
      0.004249722742502082,
      -0.0004484867179657976,
      -3.3416828360216283e-05,
      1.1560319324628594e-05,
      -1.79160455403698e-07,
      -1.8835001372587006e-07,
      5.9807293380450825e-09,
      3.411901242897553e-09,
      -5.042236730773711e-11,
      -6.786987217708732e-11,
      -1.5739845452980777e-12,
      1.2302151600457636e-12
    },
    {
      1.0901229759092592,
      -0.0965723257233593,
      0.00589058452529063,
      0.0008122444515876085,
      -0.00029015452896975004,
      3.7893145225021154e-05,
      -6.674473947507009e-07,
      -6.528071859864008e-07,
      1.036785472699786e-07,
      9.625756105163457e-10,
      -2.415790013016819e-09,
      2.1803212652543096e-10,
      4.080298114641468e-11,
      -8.144033398589302e-12,
      -4.766200247175224e-13
    }
  };

  private StandardNormal() {}

  /**
   * {@code phi(z) = exp(-z^2/2) / sqrt(2 pi)}, relative error below 1e-15.
   *
   * @param z any number but NaN
   * @return the density, {@code >= 0}
   * @throws IllegalArgumentException if {@code z} is NaN
   */
  public static double density(double z) {
    Domain.requireNumber("z", z);
    return INVERSE_SQRT_TWO_PI * expMinusHalfSquare(z);
  }

  /**
   * {@code ln phi(z)}.
   *
   * @param z any number but NaN
   * @return the log density
   * @throws IllegalArgumentException if {@code z} is NaN
   */
  public static double logDensity(double z) {
    Domain.requireNumber("z", z);
    return -0.5 * z * z - Stirling.HALF_LOG_TWO_PI;
  }

  /**
   * {@code Phi(z) = P(Z <= z)}, relative error below 1e-15 in both tails.
   *
   * @param z any number but NaN
   * @return in [0, 1]
   * @throws IllegalArgumentException if {@code z} is NaN
   */
  public static double cdf(double z) {
    return survival(-z);
  }

  /**
   * {@code 1 - Phi(z) = P(Z > z)}, relative error below 1e-15 in both tails.
   *
   * @param z any number but NaN
   * @return in [0, 1]
   * @throws IllegalArgumentException if {@code z} is NaN
   */
  public static double survival(double z) {
    Domain.requireNumber("z", z);
    double tail = INVERSE_SQRT_TWO_PI * expMinusHalfSquare(z) * millsOfPositive(Math.abs(z));
    return z >= 0 ? tail : 1 - tail;
  }

  /**
   * {@code ln Phi(z)}, finite where {@code Phi} underflows.
   *
   * @param z any number but NaN
   * @return {@code <= 0}
   * @throws IllegalArgumentException if {@code z} is NaN
   */
  public static double logCdf(double z) {
    return logSurvival(-z);
  }

  /**
   * {@code ln(1 - Phi(z))}, finite where the survival underflows, relative error below 1e-15.
   *
   * @param z any number but NaN
   * @return {@code <= 0}
   * @throws IllegalArgumentException if {@code z} is NaN
   */
  public static double logSurvival(double z) {
    Domain.requireNumber("z", z);
    if (z < 0) {
      return Math.log1p(-survival(-z));
    }
    if (z == Double.POSITIVE_INFINITY) {
      return Double.NEGATIVE_INFINITY;
    }
    return -0.5 * z * z + (Math.log(millsOfPositive(z)) - Stirling.HALF_LOG_TWO_PI);
  }

  /**
   * The Mills ratio {@code (1 - Phi(z)) / phi(z)}, relative error below 1e-15.
   *
   * @param z any number but NaN
   * @return {@code > 0}; about {@code 1/z} for large {@code z}, {@code +Infinity} where {@code phi}
   *     underflows on the left
   * @throws IllegalArgumentException if {@code z} is NaN
   */
  public static double millsRatio(double z) {
    Domain.requireNumber("z", z);
    return z >= 0 ? millsOfPositive(z) : survival(z) / density(z);
  }

  /**
   * The unit normal loss {@code E[max(Z - z, 0)] = phi(z) - z (1 - Phi(z))}, relative error below
   * 1e-15: the expected loss of a normal comparison in units of its standard deviation.
   *
   * @param z any number but NaN
   * @return {@code >= 0}, decreasing; {@code +Infinity} at {@code -Infinity}
   * @throws IllegalArgumentException if {@code z} is NaN
   */
  public static double unitLoss(double z) {
    Domain.requireNumber("z", z);
    double right = density(z) * lossOfPositive(Math.abs(z));
    // E[max(Z - z, 0)] - E[max(z - Z, 0)] = -z.
    return z >= 0 ? right : right - z;
  }

  /**
   * The quantile {@code z} with {@code Phi(z) = p}; error below {@code 1e-15 |z|}.
   *
   * @param p in [0, 1]
   * @return {@code -Infinity} at 0, {@code +Infinity} at 1
   * @throws IllegalArgumentException unless {@code 0 <= p <= 1} (NaN included)
   */
  public static double quantile(double p) {
    Domain.requireUnit("p", p);
    return NormalQuantile.of(p);
  }

  /**
   * The point {@code z} with {@code 1 - Phi(z) = p}, accurate for tiny {@code p}.
   *
   * @param p in [0, 1]
   * @return {@code +Infinity} at 0, {@code -Infinity} at 1
   * @throws IllegalArgumentException unless {@code 0 <= p <= 1} (NaN included)
   */
  public static double inverseSurvival(double p) {
    return 0 - quantile(p);
  }

  /** {@code exp(-z^2/2)} with the square's rounding error carried along. */
  static double expMinusHalfSquare(double z) {
    double square = z * z;
    if (!(square < Double.POSITIVE_INFINITY)) {
      return 0;
    }
    double low = Math.fma(z, z, -square);
    return Math.exp(-0.5 * square) * (1 - 0.5 * low);
  }

  /** The Mills ratio at {@code z >= 0}. */
  static double millsOfPositive(double z) {
    return piecewise(MILLS, z) / (1 + z);
  }

  private static double lossOfPositive(double z) {
    double scale = 1 / (1 + z);
    return piecewise(LOSS, z) * scale * scale;
  }

  private static double piecewise(double[][] pieces, double z) {
    double v = z < Double.POSITIVE_INFINITY ? 1 - 6 / (z + 3) : 1;
    int piece = Math.min(3, (int) (2 * (v + 1)));
    return Polynomial.evaluate(pieces[piece], 4 * v + (3 - 2 * piece));
  }
}
