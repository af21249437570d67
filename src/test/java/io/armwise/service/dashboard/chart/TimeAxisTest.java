package io.armwise.service.dashboard.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeAxisTest {
  private static final Instant START = Instant.parse("2026-03-01T10:07:00Z");

  @Test
  void marksRoundTimesOfAShortCourse() {
    assertThat(new TimeAxis(START, START.plus(Duration.ofMinutes(50))).ticks())
        .extracting(Tick::label)
        .containsExactly("10:15", "10:30", "10:45");
  }

  @Test
  void marksDaysOfALongCourse() {
    assertThat(new TimeAxis(START, START.plus(Duration.ofDays(9))).ticks())
        .extracting(Tick::label)
        .containsExactly("2 Mar", "4 Mar", "6 Mar", "8 Mar", "10 Mar");
  }

  @Test
  void keepsTheFirstSecondsDrawable() {
    TimeAxis axis = new TimeAxis(START, START);
    assertThat(axis.fraction(START)).isZero();
    assertThat(axis.to()).isEqualTo(START.plusSeconds(1));
  }

  @Test
  void neverHasMoreTicksThanAPhoneHasRoomFor() {
    for (long seconds = 1; seconds < 300_000_000; seconds = seconds * 3 / 2 + 1) {
      assertThat(new TimeAxis(START, START.plusSeconds(seconds)).ticks()).hasSizeLessThan(10);
    }
  }
}
