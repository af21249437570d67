package io.armwise.simulations.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.armwise.bandits.allocation.FixedSplit;
import io.armwise.bandits.allocation.Thompson;
import io.armwise.bandits.experiment.DecisionRule;
import io.armwise.posterior.BetaPrior;
import io.armwise.posterior.classical.PlannedTest;
import io.armwise.posterior.classical.ProportionPower;
import io.armwise.simulations.Designs;
import io.armwise.simulations.policy.Policy;
import io.armwise.simulations.rule.AnytimeWinner;
import io.armwise.simulations.rule.FixedHorizon;
import io.armwise.simulations.rule.StoppingRule;
import io.armwise.simulations.trial.Schedule;
import io.armwise.simulations.world.Delay;
import org.junit.jupiter.api.Test;

/** Certificates agree with theory where there is one. */
class CertificateStatisticalTest {

  private static CertifiedDesign design(Policy policy, StoppingRule rule, double effect) {
    return new CertifiedDesign(
        "test",
        2,
        0.3,
        effect,
        new Schedule(10, 200, 200, 0),
        policy,
        new Delay.None(),
        BetaPrior.UNIFORM,
        rule,
        new DecisionRule(100, 7, 0.001, 0.05));
  }

  /**
   * A classical test has its textbook error and power. 2,000 replications of each world; both
   * within 6.1 standard errors (false alarm 1e-9 each), and the power within another 0.01 for a
   * random number of units per arm. Sees a false-winner rate of 0.095 and a power off by 0.1.
   */
  @Test
  void theClassicalTestHasItsTextbookErrorAndPower() {
    Certificate certificate =
        Certificate.of(
            design(Designs.service(FixedSplit.equal(2), 0), new FixedHorizon(0.05), 0.06),
            2_000,
            20261301);
    double power =
        new ProportionPower(PlannedTest.twoSided(0.05), 0.3, ProportionPower.NullVariance.POOLED)
            .power(0.06, 2_000);
    assertThat(certificate.falseWinner().value())
        .isBetween(0.05 - 6.1 * 0.00487, 0.05 + 6.1 * 0.00487);
    assertThat(certificate.power().value()).isBetween(power - 0.078, power + 0.078);
    assertThat(certificate.days().value()).isEqualTo(10);
    assertThat(certificate.days90().value()).isEqualTo(10);
    // An equal split saves nothing against itself: 0 within 6.1 standard errors.
    assertThat(Math.abs(certificate.regretSaved().value()))
        .isLessThan(6.1 * certificate.regretSaved().standardError());
  }

  /** A large effect: 300 replications; bars far beyond 6 standard errors of what is healthy. */
  @Test
  void anAdaptiveDesignWithALargeEffectEndsEarlyAndSaves() {
    CertifiedDesign adaptive =
        design(Designs.service(new Thompson(), 0.05), new AnytimeWinner(0.05), 0.3);
    Certificate certificate = Certificate.of(adaptive, 300, 20261302);
    assertThat(certificate.power().value()).isGreaterThan(0.95);
    assertThat(certificate.days().value()).isLessThan(5);
    assertThat(certificate.daysWithoutEffect().value()).isGreaterThan(8);
    assertThat(certificate.regretSaved().value()).isPositive();
    assertThat(certificate.falseWinner().standardError()).isPositive();
    assertThat(Certificate.of(adaptive, 300, 20261302)).isEqualTo(certificate);
  }

  @Test
  void refusesRatesThatAreNone() {
    Policy split = Designs.service(FixedSplit.equal(2), 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> design(split, new FixedHorizon(0.05), 0.7));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> design(split, new FixedHorizon(0.05), Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Certificate.of(design(split, new FixedHorizon(0.05), 0.1), 1, 1));
  }
}
