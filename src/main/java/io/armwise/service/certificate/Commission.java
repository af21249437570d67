package io.armwise.service.certificate;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.service.certificate.CertificateStore.Stored;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.simulations.certificate.Budget;
import io.armwise.simulations.certificate.CertificateRun;
import io.armwise.simulations.certificate.CertifiedDesign;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.DoubleConsumer;

/**
 * A design that somebody wants simulated. Immutable.
 *
 * @param definition of the experiment, which need not exist
 * @param plan what is expected of it
 * @param design what both say to the simulator
 * @param actor who asks
 */
record Commission(
    ExperimentDefinition definition, CertificatePlan plan, CertifiedDesign design, String actor) {
  private static final long SEED = 1;

  /**
   * Takes a design to be simulated.
   *
   * @throws ProblemException if the plan does not fit the definition
   */
  static Commission of(ExperimentDefinition definition, CertificatePlan plan, String actor) {
    try {
      boolean continuous = definition.metric().kind() == MetricKind.CONTINUOUS;
      return new Commission(
          definition, plan, plan.launchPlan(continuous).designFor(definition), actor);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemCode.INVALID_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  /** Whether a certificate is of this design. */
  boolean isOf(Stored certificate) {
    return design.toString().equals(certificate.design());
  }

  /**
   * Simulates it.
   *
   * @param threads that share the work
   * @param progress is told which fraction is done
   * @throws InterruptedException if the calling thread is interrupted
   */
  Stored carryOut(Budget budget, ExecutorService threads, Clock clock, DoubleConsumer progress)
      throws InterruptedException {
    CertificateFigures figures =
        CertificateFigures.of(
            new CertificateRun(design, budget, SEED, threads, progress).make(), assumptions());
    return new Stored(clock.instant(), actor, plan, design.toString(), figures);
  }

  private List<String> assumptions() {
    List<String> assumptions = new ArrayList<>();
    assumptions.add("Means stand still, and units do not change arms.");
    assumptions.add(
        "Shares are refreshed and verdicts are read once a day; the service refreshes more often.");
    if (definition.metric().kind() != MetricKind.BINARY) {
      assumptions.add(
          "Outcomes come at once; the attribution window only shortens the experiment.");
    }
    switch (definition.metric().kind()) {
      case BINARY -> {}
      case COUNT -> assumptions.add("Counts scatter as Poisson counts do.");
      case CONTINUOUS -> assumptions.add("Values are normal; heavy tails make claims later.");
    }
    assumptions.add(
        "One of "
            + design.arms()
            + " arms is better by the smallest effect, all others are equal; several better arms"
            + " take longer to tell apart.");
    return assumptions;
  }
}
