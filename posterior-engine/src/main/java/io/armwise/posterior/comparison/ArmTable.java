package io.armwise.posterior.comparison;

import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.GammaPosterior;
import io.armwise.posterior.NormalPosterior;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.StudentTPosterior;
import java.util.List;

/**
 * The arms of one comparison as plain arrays: parameters, normalising constants, reach.
 *
 * <p>The log densities are those of the integration variable {@code v}, {@code ln f(x) + ln dx/dv}.
 * At the centre of a panel they are formed from terms that do not cancel (Loader, Fast and Accurate
 * Computation of Binomial Probabilities, 2000, section 2, applied to Beta and Gamma); at the nodes
 * they follow from the panel's relative logarithms. Error about {@code 1e-16 sqrt(n)} for a
 * posterior of {@code n} pseudo-observations.
 *
 * <p>Mutable and reused; not thread-safe.
 */
final class ArmTable {
  private static final int ORDER = GaussLegendre.ORDER;
  private static final double HALF_LOG_TWO_PI = 0.9189385332046728;

  /** Mass neglected beyond an arm's reach is at most {@code exp(-DEEPEST)}, 1e-22. */
  static final double DEEPEST = 50.7;

  /** An arm narrower than this many units in the last place of its position counts as this wide. */
  private static final double RESOLUTION = 64 * Math.ulp(1.0);

  /** Above this many pseudo-observations plain sums of {@code a ln x} lose digits that count. */
  private static final double PLAIN_SUMS_UP_TO = 2e3;

  enum Family {
    BETA,
    GAMMA,
    NORMAL,
    STUDENT_T
  }

  int size;
  Family[] family = new Family[0];

  /** Beta alpha, Gamma shape; Normal and Student t location less {@link #origin}. */
  double[] first = {};

  /** Beta beta, Gamma rate; Normal standard deviation, Student t scale. */
  double[] second = {};

  /** Degrees of freedom of a Student t. */
  double[] degrees = {};

  /** Position of the mode in the arm's own coordinate. */
  double[] mode = {};

  /** Log density at the mode in the arm's own coordinate. */
  double[] peak = {};

  /** Constant of the plain sum, for Betas and Gammas small enough for it. */
  double[] constant = {};

  /** Ends of the arm's reach in its own coordinate. */
  double[] reachLow = {};

  double[] reachHigh = {};

  /** Subtracted from every value, so that narrow arms far from zero keep their digits. */
  double origin;

  /**
   * Where arms of the whole line meet Betas or Gammas: the location of the narrowest of the former,
   * and NaN otherwise. In a logarithm or logit, values are formed as this plus a difference that is
   * known to full precision, so that a narrow arm is not blurred by the rounding of its position.
   */
  private double anchor = Double.NaN;

  private double anchorInLog = Double.NaN;
  private double anchorInLogit = Double.NaN;

  /** Whether a family occurs. */
  boolean hasBeta;

  boolean hasGamma;
  boolean hasLine;

  private void reset(int arms) {
    size = arms;
    origin = 0;
    anchor = Double.NaN;
    anchorInLog = Double.NaN;
    anchorInLogit = Double.NaN;
    hasBeta = false;
    hasGamma = false;
    hasLine = false;
    if (first.length < arms) {
      family = new Family[arms];
      first = new double[arms];
      second = new double[arms];
      degrees = new double[arms];
      mode = new double[arms];
      peak = new double[arms];
      constant = new double[arms];
      reachLow = new double[arms];
      reachHigh = new double[arms];
    }
  }

  void load(List<? extends Posterior> arms, Direction direction) {
    reset(arms.size());
    for (Posterior arm : arms) {
      hasBeta |= arm instanceof BetaPosterior;
      hasGamma |= arm instanceof GammaPosterior;
      hasLine |= arm instanceof NormalPosterior || arm instanceof StudentTPosterior;
    }
    if (!hasBeta && !hasGamma) {
      origin = locationOfNarrowest(arms, direction);
    } else if (hasLine) {
      anchor = locationOfNarrowest(arms, direction);
      anchorInLog = anchor > 0 ? Coordinate.LOG.position(anchor) : Double.NaN;
      anchorInLogit = anchor > 0 && anchor < 1 ? Coordinate.LOGIT.position(anchor) : Double.NaN;
    }
    for (int k = 0; k < size; k++) {
      switch (arms.get(k)) {
        case BetaPosterior beta -> setBeta(k, beta.alpha(), beta.beta());
        case GammaPosterior gamma -> setGamma(k, gamma.shape(), gamma.rate());
        case NormalPosterior normal -> setNormal(k, normal.mean(), normal.standardDeviation());
        case StudentTPosterior t -> setStudentT(k, t.degreesOfFreedom(), t.location(), t.scale());
      }
    }
  }

  void loadBetas(double[] alpha, double[] beta, int arms) {
    reset(arms);
    hasBeta = true;
    for (int k = 0; k < arms; k++) {
      setBeta(k, alpha[k], beta[k]);
    }
  }

  private static double locationOfNarrowest(List<? extends Posterior> arms, Direction direction) {
    double narrowest = Double.POSITIVE_INFINITY;
    double location = 0;
    for (Posterior arm : arms) {
      if (arm instanceof BetaPosterior || arm instanceof GammaPosterior) {
        continue;
      }
      double scale = arm instanceof StudentTPosterior t ? t.scale() : arm.standardDeviation();
      if (scale < narrowest
          || (scale == narrowest && direction.gain(arm.mean()) > direction.gain(location))) {
        narrowest = scale;
        location = arm.mean();
      }
    }
    return location;
  }

  private void setBeta(int k, double alpha, double beta) {
    double total = alpha + beta;
    double logit = Math.log(alpha / beta);
    double width = 1 / Math.sqrt(alpha * (beta / total));
    double shrink = narrowing(width, logit);
    double a = alpha * shrink;
    double b = beta * shrink;
    double n = a + b;
    family[k] = Family.BETA;
    first[k] = a;
    second[k] = b;
    mode[k] = logit;
    peak[k] =
        0.5 * Math.log(a * (b / n))
            - HALF_LOG_TWO_PI
            + StirlingCorrection.of(n)
            - StirlingCorrection.of(a)
            - StirlingCorrection.of(b);
    if (n <= PLAIN_SUMS_UP_TO) {
      constant[k] = peak[k] - a * Math.log(a / n) - b * Math.log(b / n);
    }
  }

  private void setGamma(int k, double shape, double rate) {
    double centre = Math.log(shape) - Math.log(rate);
    double a = shape * narrowing(1 / Math.sqrt(shape), centre);
    double r = rate * (a / shape);
    family[k] = Family.GAMMA;
    first[k] = a;
    second[k] = r;
    mode[k] = centre;
    peak[k] = 0.5 * Math.log(a) - HALF_LOG_TWO_PI - StirlingCorrection.of(a);
  }

  private void setNormal(int k, double mean, double standardDeviation) {
    double location = mean - origin;
    double sd = Math.max(standardDeviation, narrowestAt(location));
    family[k] = Family.NORMAL;
    first[k] = location;
    second[k] = sd;
    mode[k] = location;
    peak[k] = -Math.log(sd) - HALF_LOG_TWO_PI;
  }

  private void setStudentT(int k, double nu, double mean, double scale) {
    double location = mean - origin;
    double s = Math.max(scale, narrowestAt(location));
    family[k] = Family.STUDENT_T;
    first[k] = location;
    second[k] = s;
    degrees[k] = nu;
    mode[k] = location;
    // ln Gamma((nu+1)/2) - ln Gamma(nu/2) without the terms that cancel
    double x = 0.5 * nu;
    peak[k] =
        x * Math.log1p(0.5 / x)
            - 0.5
            + StirlingCorrection.of(x + 0.5)
            - StirlingCorrection.of(x)
            + 0.5 * Math.log(0.5 / Math.PI)
            - Math.log(s);
  }

  /**
   * Sets how far every arm is followed.
   *
   * @param depth minus the logarithm of the mass that may be neglected beyond
   */
  void setReach(double depth) {
    for (int k = 0; k < size; k++) {
      double below;
      double above;
      switch (family[k]) {
        case BETA -> {
          double n = first[k] + second[k];
          double rate = first[k] / n;
          double complement = second[k] / n;
          above = Deviance.betaReach(rate, complement, depth / n);
          below = Deviance.betaReach(complement, rate, depth / n);
        }
        case GAMMA -> {
          above = Deviance.gammaAbove(depth / first[k]);
          below = Deviance.gammaBelow(depth / first[k]);
        }
        case NORMAL -> {
          above = second[k] * Math.sqrt(2 * depth);
          below = above;
        }
        case STUDENT_T -> {
          above = second[k] * StudentTail.reach(degrees[k], depth);
          below = above;
        }
        default -> throw new IllegalStateException("unknown family " + family[k]);
      }
      reachLow[k] = mode[k] - below;
      reachHigh[k] = mode[k] + above;
    }
  }

  /** Width of 64 units in the last place, of the value or of its logarithm or logit if coarser. */
  private double narrowestAt(double location) {
    double size = Math.abs(location);
    if (anchor > 0 && size > 0) {
      double position = Math.abs(Math.log(size));
      return RESOLUTION * size * Math.max(1, position);
    }
    return RESOLUTION * size;
  }

  private static double narrowing(double width, double position) {
    double floor = RESOLUTION * Math.abs(position);
    return width >= floor ? 1 : (width / floor) * (width / floor);
  }

  /** The arm's mean on the scale where its own coordinate is measured, for ordering only. */
  double scale(int k) {
    return switch (family[k]) {
      case NORMAL, STUDENT_T -> second[k];
      case GAMMA -> Math.sqrt(first[k]) / second[k];
      case BETA -> {
        double n = first[k] + second[k];
        yield Math.sqrt((first[k] / n) * (second[k] / n) / (n + 1));
      }
    };
  }

  /** Relative error of an arm's density from rounding in its logarithm. */
  double relativeError(int k) {
    double ulp = 2e-16;
    return switch (family[k]) {
      case NORMAL -> 4 * ulp;
      case STUDENT_T -> 10 * ulp;
      case GAMMA -> ulp * (10 + 10 * Math.sqrt(first[k]));
      case BETA -> {
        double a = first[k];
        double b = second[k];
        double n = a + b;
        yield n <= PLAIN_SUMS_UP_TO
            ? ulp * (10 + Math.abs(constant[k] - peak[k]))
            : ulp * (10 + 10 * Math.sqrt(Math.min(a, b)));
      }
    };
  }

  /** Log density in the panel's coordinate at the panel's centre. */
  double logDensityAtCentre(int k, Panel panel) {
    return switch (family[k]) {
      case BETA -> betaAtCentre(k, panel);
      case GAMMA -> {
        double d =
            panel.coordinate == Coordinate.LINEAR
                ? Math.log(panel.centreValue) - mode[k]
                : panel.logCentre - mode[k];
        yield peak[k] - first[k] * Deviance.gamma(d) + jacobianFromLog(panel);
      }
      case NORMAL -> {
        double z = fromLocation(k, panel) / second[k];
        yield peak[k] - 0.5 * z * z + jacobianFromLine(panel);
      }
      case STUDENT_T -> {
        double z = fromLocation(k, panel) / second[k];
        yield peak[k]
            - 0.5 * (degrees[k] + 1) * Math.log1p(z * z / degrees[k])
            + jacobianFromLine(panel);
      }
    };
  }

  /** Centre of the panel less the location of a Normal or Student t. */
  private double fromLocation(int k, Panel panel) {
    double position =
        switch (panel.coordinate) {
          case LINEAR -> Double.NaN;
          case LOG -> anchorInLog;
          case LOGIT -> anchorInLogit;
        };
    return Double.isNaN(position)
        ? panel.centreValue - first[k]
        : panel.coordinate.difference(anchor, panel.centre - position) + (anchor - first[k]);
  }

  private double betaAtCentre(int k, Panel panel) {
    double a = first[k];
    double b = second[k];
    if (a + b <= PLAIN_SUMS_UP_TO) {
      return constant[k] + a * panel.logCentre + b * panel.logCentreComplement;
    }
    double n = a + b;
    return peak[k] - n * Deviance.beta(a / n, b / n, panel.centre - mode[k]);
  }

  /** {@code ln dx/dv - ln x}: from a density in ln x to one in the panel's coordinate. */
  private static double jacobianFromLog(Panel panel) {
    return switch (panel.coordinate) {
      case LOG -> 0;
      case LOGIT -> panel.logCentreComplement;
      case LINEAR -> -Math.log(panel.centreValue);
    };
  }

  private static double jacobianFromLine(Panel panel) {
    return switch (panel.coordinate) {
      case LINEAR -> 0;
      case LOG -> panel.logCentre;
      case LOGIT -> panel.logCentre + panel.logCentreComplement;
    };
  }

  /**
   * Density of an arm at the panel's nodes times the half width, so that the rule's own weights
   * integrate it.
   */
  void densities(int k, Panel panel, double[] out, int from) {
    double atCentre = logDensityAtCentre(k, panel) + Math.log(Math.abs(panel.half));
    switch (family[k]) {
      case BETA -> {
        double a = first[k];
        double b = second[k];
        double[] logRatio = panel.logRatio;
        double[] logComplementRatio = panel.logComplementRatio;
        for (int i = 0; i < ORDER; i++) {
          out[from + i] = atCentre + a * logRatio[i] + b * logComplementRatio[i];
        }
      }
      case GAMMA -> {
        for (int i = 0; i < ORDER; i++) {
          double x = atCentre - second[k] * panel.offset[i];
          out[from + i] =
              switch (panel.coordinate) {
                case LOG -> x + first[k] * panel.logRatio[i];
                case LOGIT -> x + first[k] * panel.logRatio[i] + panel.logComplementRatio[i];
                case LINEAR -> x + (first[k] - 1) * Math.log1p(panel.offset[i] / panel.centreValue);
              };
        }
      }
      case NORMAL -> {
        double z = fromLocation(k, panel) / second[k];
        double inverse = 1 / second[k];
        for (int i = 0; i < ORDER; i++) {
          double step = panel.offset[i] * inverse;
          out[from + i] = atCentre - step * (z + 0.5 * step);
        }
        addJacobian(panel, out, from);
      }
      case STUDENT_T -> {
        double z = fromLocation(k, panel) / second[k];
        double denominator = degrees[k] + z * z;
        double power = 0.5 * (degrees[k] + 1);
        for (int i = 0; i < ORDER; i++) {
          double step = panel.offset[i] / second[k];
          out[from + i] = atCentre - power * Math.log1p(step * (2 * z + step) / denominator);
        }
        addJacobian(panel, out, from);
      }
    }
    if (family[k] == Family.STUDENT_T) {
      for (int i = 0; i < ORDER; i++) {
        out[from + i] = Math.exp(out[from + i]); // far tails fall below the range of the other
      }
    } else {
      Exponentials.replace(out, from);
    }
  }

  private static void addJacobian(Panel panel, double[] out, int from) {
    if (panel.coordinate == Coordinate.LINEAR) {
      return;
    }
    for (int i = 0; i < ORDER; i++) {
      out[from + i] += panel.logRatio[i];
    }
    if (panel.coordinate == Coordinate.LOGIT) {
      for (int i = 0; i < ORDER; i++) {
        out[from + i] += panel.logComplementRatio[i];
      }
    }
  }
}
