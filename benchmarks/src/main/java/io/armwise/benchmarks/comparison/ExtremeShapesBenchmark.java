package io.armwise.benchmarks.comparison;

import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.GammaPosterior;
import io.armwise.posterior.NormalPosterior;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.StudentTPosterior;
import io.armwise.posterior.comparison.BestArmQuadrature;
import java.util.List;
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

/** The same question for shapes that need many panels. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ExtremeShapesBenchmark {

  /** The arms to compare. */
  public enum Shape {
    /** Beta(0.01, 0.01) against Beta(0.01, 0.02). */
    POLES,
    /** Beta(1e8, 1e9) against Beta(1, 1), ten thousand times as wide. */
    NARROW_AND_WIDE,
    /** Student t with 3 and 30 degrees of freedom. */
    HEAVY_TAILS,
    /** One arm of each family. */
    ALL_FAMILIES;

    List<Posterior> arms() {
      return switch (this) {
        case POLES -> List.of(new BetaPosterior(0.01, 0.01), new BetaPosterior(0.01, 0.02));
        case NARROW_AND_WIDE -> List.of(new BetaPosterior(1e8, 1e9), new BetaPosterior(1, 1));
        case HEAVY_TAILS ->
            List.of(new StudentTPosterior(3, 0, 1), new StudentTPosterior(30, 1, 1));
        case ALL_FAMILIES ->
            List.of(
                new BetaPosterior(30, 20),
                new GammaPosterior(50, 80),
                new NormalPosterior(0.6, 0.05),
                new StudentTPosterior(4, 0.55, 0.1));
      };
    }
  }

  /** What is compared. */
  @Param public Shape shape = Shape.POLES;

  final BestArmQuadrature quadrature = new BestArmQuadrature();

  /**
   * By quadrature, error below 1e-10.
   *
   * @return the loss of the first arm
   */
  @Benchmark
  public double quadrature() {
    quadrature.evaluate(shape.arms(), Direction.INCREASE);
    return quadrature.expectedLoss(0);
  }
}
