package io.armwise.service.dashboard;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.GammaPosterior;
import io.armwise.posterior.NormalPosterior;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.StudentTPosterior;
import io.armwise.service.analysis.Report;
import io.armwise.service.analysis.Report.PosteriorView;
import io.armwise.service.dashboard.chart.DensityChart;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws the posteriors of a report. Pure. */
final class Densities {
  private Densities() {}

  /** The chart of some arms; null if none of them has evidence. */
  static @Nullable DensityChart chart(
      ExperimentDefinition definition, Report report, List<Integer> slots) {
    List<DensityChart.Subject> subjects = new ArrayList<>();
    for (int slot : slots) {
      Report.ArmReport arm = report.arms().get(slot);
      if (arm.figures() != null) {
        subjects.add(new DensityChart.Subject(slot, posterior(arm.posterior())));
      }
    }
    boolean rate = definition.metric().kind() == MetricKind.BINARY;
    return subjects.isEmpty()
        ? null
        : DensityChart.of(subjects, (step, value) -> MetricText.tick(rate, step, value))
            .readIn(rate ? 100 : 1, rate ? MetricText.PERCENT : "");
  }

  /** The distribution that a report names by its parameters. */
  static Posterior posterior(PosteriorView view) {
    return switch (view.type()) {
      case "beta" -> new BetaPosterior(of(view, "alpha"), of(view, "beta"));
      case "gamma" -> new GammaPosterior(of(view, "shape"), of(view, "rate"));
      case "normal" -> new NormalPosterior(of(view, "mean"), of(view, "sd"));
      case "student-t" ->
          new StudentTPosterior(of(view, "df"), of(view, "location"), of(view, "scale"));
      default -> throw new IllegalArgumentException("unknown posterior " + view.type());
    };
  }

  private static double of(PosteriorView view, String parameter) {
    Double value = view.parameters().get(parameter);
    if (value == null) {
      throw new IllegalArgumentException(view.type() + " has no parameter " + parameter);
    }
    return value;
  }
}
