package io.armwise.service.dashboard.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShareChartTest {
  private static final Instant START = Instant.EPOCH;
  private static final TimeAxis TIME = new TimeAxis(START, START.plusSeconds(100));

  @Test
  void stacksBandsAndChangesThemInSteps() {
    ShareChart chart =
        ShareChart.of(
            TIME,
            List.of(
                new ShareChart.Division(START, new double[] {0.5, 0.5}),
                new ShareChart.Division(START.plusSeconds(40), new double[] {0.2, 0.8})),
            List.of(0, 1));
    assertThat(chart.bands())
        .extracting(ShareChart.Band::path)
        .containsExactly(
            "M0 0L400 0L400 0L1000 0L1000 200L400 200L400 500L0 500Z",
            "M0 500L400 500L400 200L1000 200L1000 1000L400 1000L400 1000L0 1000Z");
  }

  @Test
  void stacksArmsWithoutABandOfTheirOwnTogether() {
    ShareChart chart =
        ShareChart.of(
            TIME,
            List.of(new ShareChart.Division(START, new double[] {0.125, 0.5, 0.25, 0.125})),
            List.of(1));
    assertThat(chart.bands())
        .containsExactly(
            new ShareChart.Band(1, "M0 0L1000 0L1000 500L0 500Z"),
            new ShareChart.Band(ShareChart.REST, "M0 500L1000 500L1000 1000L0 1000Z"));
  }

  @Test
  void leavesOutAnArmThatNeverHadTraffic() {
    ShareChart chart =
        ShareChart.of(
            TIME, List.of(new ShareChart.Division(START, new double[] {1})), List.of(0, 1, 2));
    assertThat(chart.bands()).extracting(ShareChart.Band::arm).containsExactly(0);
  }
}
