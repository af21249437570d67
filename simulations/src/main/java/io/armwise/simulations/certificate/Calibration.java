package io.armwise.simulations.certificate;

import io.armwise.simulations.rule.CalibratedProbability;
import io.armwise.simulations.rule.StoppingRule;
import io.armwise.simulations.trial.RuleOutcome;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the threshold for P(best) must be for this design, found by simulation: the lowest of a grid
 * whose false-winner rate is below the wanted one by two standard errors. The same threshold means
 * anything from one false winner in two experiments to one in a thousand, depending on arms,
 * traffic and looks.
 *
 * @param threshold of the leader's probability to be best, followed at every daily look
 * @param falseWinner probability that any winner is named among equal arms
 * @param power probability that the better arm is named
 * @param days until the end, on average, with the effect
 */
public record Calibration(double threshold, Estimate falseWinner, Estimate power, Estimate days) {
  private static final double[] GRID = {
    0.8, 0.85, 0.9, 0.925, 0.95, 0.96, 0.97, 0.975, 0.98, 0.985, 0.99, 0.9925, 0.995, 0.9965,
    0.9975, 0.9985, 0.999, 0.9995, 0.9998, 0.9999
  };

  static List<StoppingRule> rules() {
    return Arrays.stream(GRID).<StoppingRule>mapToObj(CalibratedProbability::new).toList();
  }

  /**
   * The calibration.
   *
   * @param without per threshold of the grid the outcomes among equal arms
   * @param with the same with the effect
   * @return empty where no threshold of the grid is strict enough
   */
  static Optional<Calibration> of(
      List<List<RuleOutcome>> without, List<List<RuleOutcome>> with, double wanted) {
    for (int i = 0; i < GRID.length; i++) {
      Estimate falseWinner = Estimate.rate(without.get(i), RuleOutcome::falseWinner);
      if (falseWinner.value() + 2 * falseWinner.standardError() <= wanted) {
        return Optional.of(
            new Calibration(
                GRID[i],
                falseWinner,
                Estimate.rate(with.get(i), RuleOutcome::correct),
                Estimate.mean(with.get(i), RuleOutcome::day)));
      }
    }
    return Optional.empty();
  }
}
