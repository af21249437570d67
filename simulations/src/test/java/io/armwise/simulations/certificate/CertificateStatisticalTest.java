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
import io.armwise.simulations.rule.CalibratedProbability;
import io.armwise.simulations.rule.FixedHorizon;
import io.armwise.simulations.rule.ProductVerdict;
import io.armwise.simulations.rule.StoppingRule;
import io.armwise.simulations.trial.Schedule;
import io.armwise.simulations.trial.Trial;
import io.armwise.simulations.world.Bernoulli;
import io.armwise.simulations.world.Delay;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Certificates agree with theory where there is one. */
class CertificateStatisticalTest {

  private static CertifiedDesign design(Policy policy, StoppingRule rule, double effect) {
    return new CertifiedDesign(
        "test",
        new Bernoulli(),
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

  private static Certificate certificate(CertifiedDesign design, int replications, long seed)
      throws InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      return new CertificateRun(design, Budget.exactly(replications), seed, threads, fraction -> {})
          .make();
    }
  }

  /**
   * A classical test has its textbook error and power. 2,000 replications of each world; both
   * within 6.1 standard errors (false alarm 1e-9 each), and the power within another 0.01 for a
   * random number of units per arm. Sees a false-winner rate of 0.095 and a power off by 0.1.
   */
  @Test
  void theClassicalTestHasItsTextbookErrorAndPower() throws InterruptedException {
    Certificate certificate =
        certificate(
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
  void anAdaptiveDesignWithALargeEffectEndsEarlyAndSaves() throws InterruptedException {
    CertifiedDesign adaptive =
        design(Designs.service(new Thompson(), 0.05), new AnytimeWinner(0.05), 0.3);
    Certificate certificate = certificate(adaptive, 300, 20261302);
    assertThat(certificate.power().value()).isGreaterThan(0.95);
    assertThat(certificate.days().value()).isLessThan(5);
    assertThat(certificate.daysWithoutEffect().value()).isGreaterThan(8);
    assertThat(certificate.regretSaved().value()).isPositive();
    assertThat(certificate.falseWinner().standardError()).isPositive();
    assertThat(certificate(adaptive, 300, 20261302)).isEqualTo(certificate);
  }

  @Test
  void refusesRatesThatAreNone() {
    Policy split = Designs.service(FixedSplit.equal(2), 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> design(split, new FixedHorizon(0.05), 0.71));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> design(split, new FixedHorizon(0.05), Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> Budget.exactly(1));
  }

  @Test
  void isTheSameOnAnyNumberOfThreadsAndTellsItsProgress() throws InterruptedException {
    CertifiedDesign design =
        design(Designs.service(new Thompson(), 0.05), new ProductVerdict(), 0.06);
    Budget budget = new Budget(60, 180, 0.01);
    List<Double> told = new ArrayList<>();
    Certificate one;
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      one = new CertificateRun(design, budget, 7, threads, told::add).make();
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      assertThat(new CertificateRun(design, budget, 7, threads, fraction -> {}).make())
          .isEqualTo(one);
    }
    // Half an event in 60 has a standard error of 0.0117, so 60 are never enough.
    assertThat(one.replicationsWithout()).isGreaterThan(60);
    assertThat(one.replicationsWith()).isEqualTo(60);
    if (one.replicationsWithout() < budget.most()) {
      assertThat(one.falseWinner().standardError()).isLessThanOrEqualTo(budget.standardError());
      assertThat(Objects.requireNonNull(one.calibration()).falseWinner().standardError())
          .isLessThanOrEqualTo(budget.standardError());
    }
    assertThat(told).isSorted().last().isEqualTo(1.0);
  }

  /**
   * A calibrated threshold keeps on other random numbers what it was chosen for: at most 5 % of
   * 1,000 experiments, fails at 97 (false alarm 7.9e-10, sees 0.12); and it is no stricter than
   * needed, so that it decides at least as often as the verdict that holds for every design.
   */
  @Test
  void theCalibratedThresholdKeepsTheWantedRate() throws InterruptedException {
    CertifiedDesign design =
        design(Designs.service(FixedSplit.equal(2), 0), new ProductVerdict(), 0.06);
    Certificate certificate = certificate(design, 1_500, 20261303);
    Calibration calibration = Objects.requireNonNull(certificate.calibration());
    Trial fresh =
        new Trial(
            design.withoutEffect(List.of(new CalibratedProbability(calibration.threshold()))),
            20261304);
    long named =
        LongStream.range(0, 1_000)
            .filter(i -> fresh.run(i).outcomes().getFirst().falseWinner())
            .count();
    assertThat(named).isLessThan(97);
    assertThat(calibration.power().value()).isGreaterThan(certificate.power().value());
    assertThat(calibration.threshold()).isGreaterThan(0.95);
  }

  @Test
  void endsWhenItsThreadIsInterrupted() throws InterruptedException {
    CertifiedDesign endless =
        design(Designs.service(new Thompson(), 0.05), new ProductVerdict(), 0.06);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      CountDownLatch begun = new CountDownLatch(1);
      AtomicBoolean interrupted = new AtomicBoolean();
      Thread maker =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      new CertificateRun(
                              endless,
                              Budget.exactly(1_000_000),
                              1,
                              threads,
                              fraction -> begun.countDown())
                          .make();
                    } catch (InterruptedException e) {
                      interrupted.set(true);
                    }
                  });
      begun.await();
      maker.interrupt();
      maker.join();
      assertThat(interrupted).isTrue();
      threads.shutdownNow();
    }
  }
}
