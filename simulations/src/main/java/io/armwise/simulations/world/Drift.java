package io.armwise.simulations.world;

import io.armwise.simulations.random.RandomStream;
import java.util.List;

/** How the arms' means change from day to day. Within a day they stand still. */
public sealed interface Drift {

  /**
   * The means of every day.
   *
   * @param start the arms' means, shape (arms)
   * @param days {@code >= 1}
   * @param law whose scale without ends random steps are taken on
   * @param random for what is random about the drift
   * @return shape (days, arms)
   */
  double[][] path(double[] start, int days, OutcomeLaw law, RandomStream random);

  /** The means never change. */
  record None() implements Drift {
    @Override
    public double[][] path(double[] start, int days, OutcomeLaw law, RandomStream random) {
      double[][] path = new double[days][];
      for (int day = 0; day < days; day++) {
        path[day] = start.clone();
      }
      return path;
    }
  }

  /**
   * Every arm walks by itself: a normal step a day on the logit scale for rates, on the log scale
   * for counts and revenue, in the metric's unit for normal outcomes.
   *
   * @param deviation standard deviation of a day's step, {@code > 0}
   */
  record RandomWalk(double deviation) implements Drift {
    /** Guards the step. */
    public RandomWalk {
      Guard.positive("deviation", deviation);
    }

    @Override
    public double[][] path(double[] start, int days, OutcomeLaw law, RandomStream random) {
      double[][] path = new double[days][start.length];
      path[0] = start.clone();
      for (int day = 1; day < days; day++) {
        for (int arm = 0; arm < start.length; arm++) {
          double step = deviation * random.gaussian();
          path[day][arm] = law.fromLine(law.toLine(path[day - 1][arm]) + step);
        }
      }
      return path;
    }
  }

  /**
   * From one day on the means are others.
   *
   * @param day the first day of the change, counted from 1
   * @param means from then on, in arm order
   */
  record AbruptChange(int day, List<Double> means) implements Drift {
    /** Guards the day. */
    public AbruptChange {
      means = List.copyOf(means);
      if (!(day >= 2)) {
        throw new IllegalArgumentException("day of change must be >= 2, got " + day);
      }
    }

    @Override
    public double[][] path(double[] start, int days, OutcomeLaw law, RandomStream random) {
      double[][] path = new None().path(start, days, law, random);
      for (int later = day - 1; later < days; later++) {
        path[later] = means.stream().mapToDouble(Double::doubleValue).toArray();
      }
      return path;
    }
  }

  /**
   * The means change again and again, every so many days.
   *
   * @param days of each segment, {@code >= 1}
   * @param means of the second segment and each further one, in arm order; the last one stays
   */
  record Segments(int days, List<List<Double>> means) implements Drift {
    /** Guards the days. */
    public Segments {
      means = means.stream().map(List::copyOf).toList();
      if (!(days >= 1)) {
        throw new IllegalArgumentException("days of a segment must be >= 1, got " + days);
      }
    }

    @Override
    public double[][] path(double[] start, int horizon, OutcomeLaw law, RandomStream random) {
      double[][] path = new None().path(start, horizon, law, random);
      for (int day = days; day < horizon && !means.isEmpty(); day++) {
        List<Double> segment = means.get(Math.min(day / days, means.size()) - 1);
        path[day] = segment.stream().mapToDouble(Double::doubleValue).toArray();
      }
      return path;
    }
  }

  /**
   * Items come and go: on a day, with some probability, one arm drawn uniformly becomes another one
   * whose rate is drawn from a Beta law. What was known of the old one is forgotten.
   *
   * <p>Source: Chapelle and Li (2011), An empirical evaluation of Thompson sampling, section 3.
   *
   * @param perDay probability of a replacement on a day, in (0, 1)
   * @param alpha of the new rates, {@code > 0}
   * @param beta of the new rates, {@code > 0}
   */
  record Replacement(double perDay, double alpha, double beta) implements Drift {
    /** Guards all. */
    public Replacement {
      if (!(perDay > 0 && perDay < 1)) {
        throw new IllegalArgumentException("perDay must be in (0, 1), got " + perDay);
      }
      Guard.positive("alpha", alpha);
      Guard.positive("beta", beta);
    }

    @Override
    public double[][] path(double[] start, int days, OutcomeLaw law, RandomStream random) {
      double[][] path = new double[days][];
      path[0] = start.clone();
      for (int day = 1; day < days; day++) {
        path[day] = path[day - 1];
        if (random.chance(perDay)) {
          path[day] = path[day].clone();
          path[day][random.below(start.length)] = random.beta(alpha, beta);
        }
      }
      return path;
    }
  }

  /**
   * All arms rise and fall together over a week: means times {@code 1 + amplitude·sin(2πd/7)}.
   *
   * @param amplitude in (0, 1)
   */
  record WeeklySeason(double amplitude) implements Drift {
    /** Guards the amplitude. */
    public WeeklySeason {
      if (!(amplitude > 0 && amplitude < 1)) {
        throw new IllegalArgumentException("amplitude must be in (0, 1), got " + amplitude);
      }
    }

    @Override
    public double[][] path(double[] start, int days, OutcomeLaw law, RandomStream random) {
      double[][] path = new double[days][start.length];
      for (int day = 0; day < days; day++) {
        for (int arm = 0; arm < start.length; arm++) {
          path[day][arm] = start[arm] * (1 + amplitude * Math.sin(2 * Math.PI * day / 7));
        }
      }
      return path;
    }
  }

  /**
   * What is new attracts for a while: every arm but the control starts better by a factor that
   * fades, {@code 1 + lift·2^(−d/halfLife)}.
   *
   * @param lift on the first day, {@code > 0}
   * @param halfLifeDays in days, {@code > 0}
   */
  record NoveltyDecay(double lift, double halfLifeDays) implements Drift {
    /** Guards both. */
    public NoveltyDecay {
      Guard.positive("lift", lift);
      Guard.positive("halfLifeDays", halfLifeDays);
    }

    @Override
    public double[][] path(double[] start, int days, OutcomeLaw law, RandomStream random) {
      double[][] path = new double[days][start.length];
      for (int day = 0; day < days; day++) {
        double factor = 1 + lift * Math.pow(2, -day / halfLifeDays);
        path[day][0] = start[0];
        for (int arm = 1; arm < start.length; arm++) {
          path[day][arm] = start[arm] * factor;
        }
      }
      return path;
    }
  }
}
