package io.armwise.benchmarks.comparison;

import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.GammaPosterior;
import io.armwise.posterior.Interval;
import io.armwise.posterior.NormalPosterior;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.StudentTPosterior;
import io.armwise.posterior.comparison.ControlComparison;
import io.armwise.posterior.comparison.Uplift;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** 95 % interval of an uplift from two posteriors, nothing kept from one call to the next. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class UpliftBenchmark {

  /** The arm and the control. */
  public enum Pair {
    /** 112 and 106 successes in 1,000 trials. */
    THOUSAND_TRIALS,
    /** Normals of one width. */
    NORMALS,
    /** Student t with 3 and 30 degrees of freedom. */
    HEAVY_TAILS,
    /** A Gamma over a Beta. */
    TWO_FAMILIES,
    /** Beta(1e8, 1e9) over Beta(1, 1). */
    NARROW_AND_WIDE,
    /** Beta(0.01, 0.01) over Beta(0.01, 0.02): most quantiles lie on a step. */
    POLES;

    Posterior arm() {
      return switch (this) {
        case THOUSAND_TRIALS -> new BetaPosterior(113, 889);
        case NORMALS -> new NormalPosterior(1, 0.1);
        case HEAVY_TAILS -> new StudentTPosterior(3, 10, 1);
        case TWO_FAMILIES -> new GammaPosterior(20, 40);
        case NARROW_AND_WIDE -> new BetaPosterior(1e8, 1e9);
        case POLES -> new BetaPosterior(0.01, 0.01);
      };
    }

    Posterior control() {
      return switch (this) {
        case THOUSAND_TRIALS -> new BetaPosterior(107, 895);
        case NORMALS -> new NormalPosterior(1.1, 0.1);
        case HEAVY_TAILS -> new StudentTPosterior(30, 10, 1);
        case TWO_FAMILIES -> new BetaPosterior(45, 55);
        case NARROW_AND_WIDE -> new BetaPosterior(1, 1);
        case POLES -> new BetaPosterior(0.01, 0.02);
      };
    }
  }

  /** What is compared. */
  @Param public Pair pair = Pair.THOUSAND_TRIALS;

  /**
   * Interval of {@code arm - control}.
   *
   * @return its width
   */
  @Benchmark
  public double absolute() {
    return width(comparison().absoluteUplift());
  }

  /**
   * Interval of {@code arm / control - 1}.
   *
   * @return its width
   */
  @Benchmark
  public double relative() {
    return width(comparison().relativeUplift());
  }

  /**
   * Both intervals, as a report asks for them.
   *
   * @return the sum of their widths
   */
  @Benchmark
  public double both() {
    ControlComparison comparison = comparison();
    return width(comparison.absoluteUplift()) + width(comparison.relativeUplift());
  }

  private ControlComparison comparison() {
    return ControlComparison.of(pair.arm(), pair.control(), Direction.INCREASE);
  }

  private static double width(Uplift uplift) {
    Interval interval = uplift.interval(0.95);
    return interval.upper() - interval.lower();
  }
}
