package io.armwise.simulations.rule;

import io.armwise.posterior.classical.Alternative;
import io.armwise.posterior.classical.Inference;
import io.armwise.posterior.classical.Proportion;
import io.armwise.posterior.classical.TestResult;
import io.armwise.posterior.classical.TwoProportionTest;

/** The z test of two rates that a classical rule uses. */
public enum RateTest {
  /** With the variance of equal rates; its square is Pearson's chi-square. */
  POOLED {
    @Override
    Inference<TestResult> of(Proportion control, Proportion treatment) {
      return TwoProportionTest.pooled(control, treatment, Alternative.TWO_SIDED, 0.95);
    }
  },
  /** With the variances of both rates (Wald). */
  WALD {
    @Override
    Inference<TestResult> of(Proportion control, Proportion treatment) {
      return TwoProportionTest.unpooled(control, treatment, Alternative.TWO_SIDED, 0.95);
    }
  };

  abstract Inference<TestResult> of(Proportion control, Proportion treatment);
}
