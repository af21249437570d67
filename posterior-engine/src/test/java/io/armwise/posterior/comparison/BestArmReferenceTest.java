package io.armwise.posterior.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.posterior.BetaPosterior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.NormalPosterior;
import io.armwise.posterior.Posterior;
import io.armwise.posterior.StudentTPosterior;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * P(best), P(second) and expected losses of Beta, Normal and Student t arms against values computed
 * with about 99 significant digits (composite Gauss-Legendre, two orders compared) and printed to
 * 30. The tolerances are those the analysis promises, not those of the values: 1e-10 for
 * probabilities, 1e-8 relative for losses above 1e-12 of the arms' scale.
 */
class BestArmReferenceTest {

  static Stream<JsonNode> twoBetas() {
    return ReferenceFile.cases("beta_two_arm");
  }

  static Stream<JsonNode> betas() {
    return ReferenceFile.cases("beta_k_arm");
  }

  static Stream<JsonNode> normals() {
    return ReferenceFile.cases("normal_k_arm");
  }

  static Stream<JsonNode> studentTs() {
    return ReferenceFile.cases("student_t_k_arm");
  }

  @ParameterizedTest
  @MethodSource("twoBetas")
  void agreesForTwoBetaArms(JsonNode row) {
    List<Posterior> arms = ReferenceFile.betas(row);
    double[] probability = {
      ReferenceFile.number(row.get("p_first_best")), ReferenceFile.number(row.get("p_second_best"))
    };
    double[] loss = {
      ReferenceFile.number(row.get("expected_loss_choose_first")),
      ReferenceFile.number(row.get("expected_loss_choose_second"))
    };
    requireAgreement(arms, probability, loss);
  }

  @ParameterizedTest
  @MethodSource("betas")
  void agreesForManyBetaArms(JsonNode row) {
    requireAgreement(ReferenceFile.betas(row), row);
  }

  @ParameterizedTest
  @MethodSource("normals")
  void agreesForNormalArms(JsonNode row) {
    requireAgreement(ReferenceFile.normals(row), row);
  }

  @ParameterizedTest
  @MethodSource("studentTs")
  void agreesForStudentTArms(JsonNode row) {
    requireAgreement(ReferenceFile.studentTs(row), row);
  }

  private static void requireAgreement(List<Posterior> arms, JsonNode row) {
    requireAgreement(
        arms,
        ReferenceFile.numbers(row.get("p_best")),
        ReferenceFile.numbers(row.get("expected_loss")));
    if (row.has("p_second_best")) {
      double[] second = ReferenceFile.numbers(row.get("p_second_best"));
      RankAnalysis ranks = RankAnalysis.of(arms, Direction.INCREASE);
      for (int k = 0; k < second.length; k++) {
        assertThat(ranks.probabilityToBeSecond(k)).isCloseTo(second[k], within(1e-10));
        assertThat(Math.abs(ranks.probabilityToBeSecond(k) - second[k]))
            .isLessThanOrEqualTo(ranks.error());
      }
    }
  }

  private static void requireAgreement(List<Posterior> arms, double[] probability, double[] loss) {
    BestArmAnalysis analysis = BestArmAnalysis.of(arms, Direction.INCREASE);
    double scale = arms.stream().mapToDouble(BestArmReferenceTest::scale).max().orElseThrow();
    for (int k = 0; k < arms.size(); k++) {
      double errorOfProbability = Math.abs(analysis.probabilityToBeBest(k) - probability[k]);
      assertThat(errorOfProbability).isLessThan(1e-10);
      assertThat(errorOfProbability).isLessThanOrEqualTo(analysis.probabilityError());
      double errorOfLoss = Math.abs(analysis.expectedLoss(k) - loss[k]);
      assertThat(errorOfLoss).isLessThanOrEqualTo(1e-8 * Math.max(loss[k], 1e-12 * scale));
      assertThat(errorOfLoss).isLessThanOrEqualTo(analysis.lossError());
    }
  }

  private static double scale(Posterior arm) {
    return switch (arm) {
      case StudentTPosterior t -> t.scale();
      case NormalPosterior normal -> normal.standardDeviation();
      case BetaPosterior beta -> beta.standardDeviation();
      default -> throw new IllegalArgumentException("no reference for " + arm);
    };
  }
}
