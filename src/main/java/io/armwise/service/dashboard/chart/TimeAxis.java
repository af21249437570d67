package io.armwise.service.dashboard.chart;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A scale of time, in UTC.
 *
 * @param from start
 * @param to end; at least a second after the start
 */
public record TimeAxis(Instant from, Instant to) {
  private static final int MOST_TICKS = 5;
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(2),
          Duration.ofDays(4),
          Duration.ofDays(7),
          Duration.ofDays(14),
          Duration.ofDays(28),
          Duration.ofDays(91),
          Duration.ofDays(365));
  private static final DateTimeFormatter SECONDS = format("HH:mm:ss");
  private static final DateTimeFormatter MINUTES = format("HH:mm");
  private static final DateTimeFormatter DAYS = format("d MMM");

  /** Keeps the length positive, so that an experiment's first second can be drawn. */
  public TimeAxis {
    Instant least = from.plusSeconds(1);
    to = to.isBefore(least) ? least : to;
  }

  double fraction(Instant at) {
    double all = Duration.between(from, to).toMillis();
    return Math.clamp(Duration.between(from, at).toMillis() / all, 0.0, 1.0);
  }

  String along(Instant at) {
    return Axis.inPlot(Axis.LENGTH * fraction(at));
  }

  /** A time with a label of its own. */
  public Tick tick(Instant at, String label) {
    return Tick.along(fraction(at), label);
  }

  /** Round times within the axis. */
  List<Tick> ticks() {
    Duration length = Duration.between(from, to);
    Duration step =
        STEPS.stream()
            .filter(candidate -> length.dividedBy(candidate) <= MOST_TICKS)
            .findFirst()
            .orElse(STEPS.getLast());
    DateTimeFormatter format =
        step.compareTo(Duration.ofDays(1)) >= 0
            ? DAYS
            : step.compareTo(Duration.ofMinutes(1)) >= 0 ? MINUTES : SECONDS;
    List<Tick> ticks = new ArrayList<>();
    long seconds = step.toSeconds();
    long first = Math.ceilDiv(from.getEpochSecond(), seconds) * seconds;
    for (long at = first; at <= to.getEpochSecond(); at += seconds) {
      Instant instant = Instant.ofEpochSecond(at);
      ticks.add(Tick.along(fraction(instant), format.format(instant)));
    }
    return ticks;
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }
}
