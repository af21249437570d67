package io.armwise.posterior.comparison;

import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.GammaPosterior;
import io.armwise.posterior.NormalPosterior;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.StudentTPosterior;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generators of arms of every shape that can overlap: values of order one. */
final class RandomArms {
  private RandomArms() {}

  /** Betas from U-shaped to a million observations. */
  static Arbitrary<Posterior> beta() {
    return Combinators.combine(logUniform(-1, 6), Arbitraries.doubles().between(0.02, 0.98))
        .as((total, mean) -> new BetaPosterior(total * mean, total * (1 - mean)));
  }

  static Arbitrary<Posterior> normal() {
    return Combinators.combine(Arbitraries.doubles().between(-1, 2), logUniform(-4, 1))
        .as(NormalPosterior::new);
  }

  static Arbitrary<Posterior> studentT() {
    return Combinators.combine(
            logUniform(0.4, 3), Arbitraries.doubles().between(-1, 2), logUniform(-3, 0.5))
        .as(StudentTPosterior::new);
  }

  static Arbitrary<Posterior> gamma() {
    return Combinators.combine(logUniform(-0.5, 5), Arbitraries.doubles().between(0.1, 2))
        .as((shape, mean) -> new GammaPosterior(shape, shape / mean));
  }

  /** Two to six arms of one family or of several. */
  static Arbitrary<List<Posterior>> arms() {
    return Arbitraries.oneOf(
        beta().list().ofMinSize(2).ofMaxSize(6),
        normal().list().ofMinSize(2).ofMaxSize(6),
        studentT().list().ofMinSize(2).ofMaxSize(6),
        gamma().list().ofMinSize(2).ofMaxSize(6),
        Arbitraries.oneOf(beta(), normal(), studentT(), gamma()).list().ofMinSize(2).ofMaxSize(6));
  }

  private static Arbitrary<Double> logUniform(double from, double to) {
    return Arbitraries.doubles().between(from, to).map(exponent -> Math.pow(10, exponent));
  }
}
