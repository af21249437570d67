package io.armwise.service.calculator;

import io.armwise.bandits.allocation.RankProbabilities;
import io.armwise.bandits.allocation.Thompson;
import io.armwise.bandits.allocation.TopTwoThompson;
import io.armwise.posterior.Direction;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.StudentTPosterior;
import io.armwise.posterior.comparison.BestArmQuadrature;
import io.armwise.posterior.comparison.ControlComparison;
import io.armwise.posterior.comparison.Uplift;
import io.armwise.service.calculator.ArmGroup.NamedArm;
import io.armwise.service.calculator.ExperimentAnalysis.ArmAnalysis;
import io.armwise.service.calculator.ExperimentAnalysis.UpliftSummary;
import io.armwise.service.calculator.ExperimentAnalysis.VersusControl;
import io.armwise.service.platform.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Analyses experiments, each for itself. Thread-safe: each thread has its own quadrature. */
final class Analyst {
  private static final TopTwoThompson TOP_TWO = new TopTwoThompson(0.5);

  private final Question question;
  private final ThreadLocal<BestArmQuadrature> quadratures =
      ThreadLocal.withInitial(BestArmQuadrature::new);

  /**
   * What the user wants to know.
   *
   * @param direction which values are better
   * @param level probability inside every interval, in (0, 1)
   * @param tightestAt trials at which the anytime intervals are tightest, {@code > 0}
   * @param prior null for the default of each kind of data
   * @param control name of the control, null for the first arm of each experiment
   */
  record Question(
      Direction direction,
      double level,
      double tightestAt,
      @Nullable ChosenPrior prior,
      @Nullable String control) {}

  Analyst(Question question) {
    this.question = question;
  }

  /**
   * Analyses all experiments, on all processors.
   *
   * @return in the order of the experiments
   * @throws InputException if the question does not fit an experiment
   */
  List<ExperimentAnalysis> analyse(String source, List<ArmGroup> groups) throws InputException {
    List<Prepared> prepared = new ArrayList<>();
    for (ArmGroup group : groups) {
      prepared.add(prepare(source, group));
    }
    return prepared.parallelStream().map(this::analyse).toList();
  }

  private record Prepared(ArmGroup group, int control, List<Posterior> posteriors) {}

  /** All that can be wrong with an experiment comes to light here. */
  private Prepared prepare(String source, ArmGroup group) throws InputException {
    String control = question.control();
    int index = control == null ? 0 : group.names().indexOf(control);
    if (control != null && index < 0) {
      throw new InputException(
          source,
          "--control must name an arm of experiment '%s', which has %s, got '%s'; did you mean '%s'?"
              .formatted(
                  group.experiment(),
                  String.join(", ", group.names()),
                  control,
                  NearestName.of(control, group.names())));
    }
    List<Posterior> posteriors = new ArrayList<>();
    for (NamedArm arm : group.arms()) {
      if (question.prior() != null && !arm.data().takesPrior()) {
        throw new InputException(
            arm.where(), "--prior must go with trials or events, got other data");
      }
      try {
        posteriors.add(arm.data().posterior(question.prior()));
      } catch (IllegalArgumentException e) {
        throw new InputException(arm.where(), "arm '%s': %s".formatted(arm.name(), e.getMessage()));
      }
    }
    return new Prepared(group, index, posteriors);
  }

  private ExperimentAnalysis analyse(Prepared experiment) {
    List<Posterior> posteriors = experiment.posteriors();
    int size = posteriors.size();
    BestArmQuadrature quadrature = quadratures.get();
    quadrature.evaluate(posteriors, question.direction());
    double[] best = new double[size];
    double[] loss = new double[size];
    for (int k = 0; k < size; k++) {
      best[k] = quadrature.probabilityToBeBest(k);
      loss[k] = quadrature.expectedLoss(k);
    }
    double error = quadrature.probabilityError();
    List<ArmAnalysis> arms = new ArrayList<>();
    for (int k = 0; k < size; k++) {
      NamedArm arm = experiment.group().arms().get(k);
      Posterior posterior = posteriors.get(k);
      Optional<VersusControl> versus = Optional.empty();
      if (k != experiment.control()) {
        Posterior control = posteriors.get(experiment.control());
        quadrature.evaluate(List.of(posterior, control), question.direction());
        error = Math.max(error, quadrature.probabilityError());
        versus = Optional.of(versus(quadrature.probabilityToBeBest(0), posterior, control));
      }
      boolean hasMean = !(posterior instanceof StudentTPosterior t) || t.degreesOfFreedom() > 1;
      arms.add(
          new ArmAnalysis(
              arm.name(),
              hasMean ? finite(posterior.mean()) : OptionalDouble.empty(),
              finite(posterior.standardDeviation()),
              posterior.centralInterval(question.level()),
              arm.data().anytimeInterval(question.tightestAt(), 1 - question.level()),
              best[k],
              finite(loss[k]),
              versus));
    }
    RankProbabilities ranks = RankProbabilities.ofBest(best);
    return new ExperimentAnalysis(
        experiment.group().experiment(),
        arms,
        experiment.control(),
        toList(new Thompson().weights(ranks)),
        toList(TOP_TWO.weights(ranks)),
        error);
  }

  private VersusControl versus(double probability, Posterior arm, Posterior control) {
    ControlComparison comparison = ControlComparison.of(arm, control, question.direction());
    return new VersusControl(
        probability, summary(comparison.absoluteUplift()), summary(comparison.relativeUplift()));
  }

  private UpliftSummary summary(Uplift uplift) {
    return new UpliftSummary(uplift.mean(), uplift.interval(question.level()));
  }

  private static OptionalDouble finite(double value) {
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  private static List<Double> toList(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
