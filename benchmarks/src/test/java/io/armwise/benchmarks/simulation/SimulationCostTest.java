package io.armwise.benchmarks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.simulations.trial.Trial;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The simulator and its peer play the same game. */
class SimulationCostTest {

  /**
   * Mean regret of 400 experiments each (seeds 1 and 20260950) within 6.1 standard errors of the
   * difference: false alarm 1e-9; sees a difference of a fifth of the mean.
   */
  @Test
  void losesAsMuchAsThePlainLoop() {
    Trial trial = Workload.oneByOne(3, 2_000);
    PlainLoop plain = new PlainLoop(Workload.rates(3), 1);
    double[] own = IntStream.range(0, 400).mapToDouble(i -> trial.run(i).regret()).toArray();
    double[] peer = IntStream.range(0, 400).mapToDouble(i -> plain.regret(2_000)).toArray();
    double error = Math.sqrt((variance(own) + variance(peer)) / 400);
    assertThat(Math.abs(mean(own) - mean(peer))).isLessThan(6.1 * error);
    assertThat(mean(own)).isBetween(5.0, 20.0);
  }

  private static double mean(double[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return IntStream.range(0, values.length)
            .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
            .sum()
        / (values.length - 1);
  }
}
