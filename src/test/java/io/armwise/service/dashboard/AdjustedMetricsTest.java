package io.armwise.service.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.analysis.Report;
import io.armwise.service.analysis.Report.AdjustedArmReport;
import io.armwise.service.analysis.Report.AdjustedReport;
import io.armwise.service.analysis.Report.ChangeView;
import io.armwise.service.analysis.Report.SideArmReport;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdjustedMetricsTest {
  private static final DrawnArms DRAWN = new DrawnArms(List.of(0, 1), List.of("arm-0", "arm-1"));

  @Test
  void saysHowMuchNarrowerTheIntervalIsAndWhatThatIsWorth() {
    AdjustedMetric metric = only(0.75, change(2, 1, 3), change(2.5, 0.5, 4.5));
    assertThat(metric.key()).isEqualTo("revenue");
    assertThat(metric.covariate()).isEqualTo("revenue-before");
    assertThat(metric.worth())
        .isEqualTo("It explains 75\u00a0% of the noise: as good as 4.0 times the units.");
    assertThat(metric.arms())
        .containsExactly(
            new AdjustedMetric.Row(
                "arm-1",
                "B",
                "+2.50",
                "+0.50 to +4.50",
                "+2.00",
                "+1.00 to +3.00",
                "50\u00a0% narrower"));
  }

  @Test
  void saysSoWhereAdjustingDoesNotHelp() {
    ChangeView seen = change(2, 1, 3);
    assertThat(only(0.0, change(2, 0.9, 3.1), seen).arms().getFirst().narrower())
        .isEqualTo("10\u00a0% wider");
    assertThat(only(0.0, seen, seen).arms().getFirst().narrower()).isEqualTo("as wide");
  }

  @Test
  void showsNoFiguresWhileThereAreNone() {
    AdjustedMetric metric = only(null, null, null);
    assertThat(metric.worth()).isNull();
    assertThat(metric.arms()).isEmpty();
  }

  private static ChangeView change(double mean, double lower, double upper) {
    return new ChangeView(mean, List.of(lower, upper));
  }

  private static AdjustedMetric only(
      @Nullable Double removed, @Nullable ChangeView adjusted, @Nullable ChangeView seen) {
    Report report =
        Reports.of(
            List.of(arm("a", "A", true), arm("b", "B", false)),
            List.of(
                new Report.SideMetricReport(
                    "revenue",
                    "secondary",
                    "continuous",
                    "increase",
                    0.5,
                    List.of(side("a", null), side("b", seen)))),
            List.of(
                new AdjustedReport(
                    "revenue",
                    "revenue-before",
                    removed,
                    List.of(
                        new AdjustedArmReport("a", 10, null, null, null, null),
                        new AdjustedArmReport("b", 10, null, null, adjusted, null)))),
            0L);
    return AdjustedMetrics.of(report, DRAWN).getFirst();
  }

  private static SideArmReport side(String arm, @Nullable ChangeView change) {
    return new SideArmReport(
        arm, 10, BigDecimal.TEN, null, 1.0, List.of(0.5, 1.5), change, null, null);
  }

  private static Report.ArmReport arm(String key, String name, boolean control) {
    return new Report.ArmReport(
        key,
        name,
        control,
        false,
        10,
        10,
        1,
        0,
        0,
        0,
        BigDecimal.ONE,
        BigDecimal.ONE,
        0.5,
        new Report.PosteriorView("beta", Map.of("alpha", 2.0, "beta", 10.0)),
        null);
  }
}
