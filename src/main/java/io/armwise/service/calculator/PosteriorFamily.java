package io.armwise.service.calculator;

import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.GammaPosterior;
import io.armwise.posterior.NormalPosterior;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.StudentTPosterior;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The families of posteriors, with the names that JSON uses for them and their parameters. */
enum PosteriorFamily {
  BETA("beta"),
  NORMAL("normal"),
  STUDENT_T("student-t"),
  GAMMA("gamma");

  private final String type;

  PosteriorFamily(String type) {
    this.type = type;
  }

  static Optional<PosteriorFamily> ofType(String type) {
    return Arrays.stream(values()).filter(family -> family.type.equals(type)).findFirst();
  }

  static List<String> types() {
    return Arrays.stream(values()).map(family -> family.type).toList();
  }

  String type() {
    return type;
  }

  /** Names of the parameters, in the order of {@link #of}. */
  List<String> parameters() {
    return switch (this) {
      case BETA -> List.of("alpha", "beta");
      case NORMAL -> List.of("mean", "sd");
      case STUDENT_T -> List.of("df", "location", "scale");
      case GAMMA -> List.of("shape", "rate");
    };
  }

  /**
   * The posterior of the given parameters.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  Posterior of(List<Double> values) {
    return switch (this) {
      case BETA -> new BetaPosterior(values.get(0), values.get(1));
      case NORMAL -> new NormalPosterior(values.get(0), values.get(1));
      case STUDENT_T -> new StudentTPosterior(values.get(0), values.get(1), values.get(2));
      case GAMMA -> new GammaPosterior(values.get(0), values.get(1));
    };
  }
}
