package io.armwise.posterior.classical;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.posterior.classical.ReferenceFile.Case;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against R 4.2.2 {@code p.adjust}, 15 digits; the file states relative 1e-9. */
class MultiplicityReferenceTest {
  private static final ReferenceFile FILE = ReferenceFile.read("classical/multiplicity.json");
  private static final Map<String, PValueAdjustment> METHODS =
      Map.of(
          "bonferroni", PValueAdjustment.BONFERRONI,
          "holm", PValueAdjustment.HOLM,
          "hochberg", PValueAdjustment.HOCHBERG,
          "hommel", PValueAdjustment.HOMMEL,
          "BH", PValueAdjustment.BENJAMINI_HOCHBERG,
          "BY", PValueAdjustment.BENJAMINI_YEKUTIELI);

  static Stream<Case> families() {
    return FILE.ofKind("p-adjust");
  }

  @ParameterizedTest
  @MethodSource("families")
  void everyMethodAdjustsAsR(Case c) {
    double[] p = ReferenceFile.numbers(c.input().path("p"));
    assertThat(c.expected().size()).isEqualTo(METHODS.size());
    METHODS.forEach(
        (name, method) -> {
          double[] expected = c.numbers(name);
          double[] adjusted = method.adjust(p);
          assertThat(adjusted).hasSameSizeAs(expected);
          for (int i = 0; i < p.length; i++) {
            assertThat(adjusted[i])
                .as("%s, p-value %d", name, i)
                .isCloseTo(expected[i], ReferenceFile.relative(expected[i], 1e-9));
          }
        });
  }

  @Test
  void everyCaseOfTheFileIsCovered() {
    assertThat(FILE.size()).isEqualTo(5);
    assertThat(FILE.kinds()).isEqualTo(List.of("p-adjust"));
  }

  /** Benjamini and Hochberg (1995), §4.1: the FDR procedure rejects four, Bonferroni three. */
  @Test
  void rejectsAsManyAsThePublishedExample() {
    double[] p = ReferenceFile.numbers(FILE.withId("p-adjust:BH1995").input().path("p"));
    assertThat(rejections(PValueAdjustment.BENJAMINI_HOCHBERG, p)).isEqualTo(4);
    assertThat(rejections(PValueAdjustment.BONFERRONI, p)).isEqualTo(3);
  }

  private static long rejections(PValueAdjustment method, double[] p) {
    return Arrays.stream(method.adjust(p)).filter(a -> a <= 0.05).count();
  }
}
