package io.armwise.service.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.analysis.Report;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawnArmsTest {
  @Test
  void drawsAllArmsThatHaveAColourOfTheirOwn() {
    DrawnArms drawn = DrawnArms.of(arms(3, 0));
    assertThat(drawn.slots()).containsExactly(0, 1, 2);
    assertThat(drawn.colours()).containsExactly("arm-0", "arm-1", "arm-2");
    assertThat(drawn.others()).isZero();
  }

  @Test
  void drawsTheControlAndTheLikeliestOfManyInColoursThatDiffer() {
    // Later arms are likelier to be best; the control is the second.
    DrawnArms drawn = DrawnArms.of(arms(20, 1));
    assertThat(drawn.slots()).containsExactly(1, 13, 14, 15, 16, 17, 18, 19);
    assertThat(drawn.slots()).extracting(drawn::colour).doesNotHaveDuplicates();
    assertThat(drawn.colour(1)).isEqualTo("arm-1");
    assertThat(drawn.colour(0)).isEqualTo(drawn.colour(-1)).isEqualTo("arm-rest");
    assertThat(drawn.others()).isEqualTo(12);
  }

  private static List<Report.ArmReport> arms(int count, int control) {
    return IntStream.range(0, count).mapToObj(slot -> arm(slot, slot == control, count)).toList();
  }

  private static Report.ArmReport arm(int slot, boolean control, int count) {
    double best = 2.0 * slot / (count * (count - 1.0));
    return new Report.ArmReport(
        "arm-" + slot,
        "Arm " + slot,
        control,
        false,
        100,
        100,
        10,
        0,
        0,
        0,
        BigDecimal.TEN,
        BigDecimal.TEN,
        1.0 / count,
        new Report.PosteriorView("beta", Map.of("alpha", 11.0, "beta", 91.0)),
        new Report.Figures(0.1, List.of(0.05, 0.16), null, best, 0.01, null, null));
  }
}
