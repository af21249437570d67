package io.armwise.service.replay;

import io.armwise.service.event.EventReader;
import io.armwise.service.replay.LoggedExperiment.Counts;
import io.armwise.service.replay.LoggedExperiment.Row;
import io.armwise.service.replay.LoggedExperiment.Rows;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Writes a log as events. The same log gives the same ids and units every time, so a replay that
 * was broken off is completed by running it again: what has got through already counts once.
 *
 * <p>Keys are valid keys and need no escaping.
 */
final class LoggedEvents {
  /** The metric of a replayed experiment. */
  static final String METRIC = "click";

  private final String experiment;
  private final Consumer<String> events;

  private LoggedEvents(String experiment, Consumer<String> events) {
    this.experiment = experiment;
    this.events = events;
  }

  /**
   * Writes an experiment's exposures and successes.
   *
   * @param at the time of the events of a log without times: an exposure and its outcome may arrive
   *     in either order, so neither can be timed by its arrival
   */
  static void write(LoggedExperiment logged, Instant at, Consumer<String> events) {
    LoggedEvents writer = new LoggedEvents(logged.key(), events);
    switch (logged) {
      case Counts counts -> writer.writeCounts(counts, at);
      case Rows rows -> writer.writeRows(rows);
    }
  }

  private void writeCounts(Counts counts, Instant at) {
    String time = at.toString();
    for (LoggedArm arm : counts.arms()) {
      for (long i = 0; i < arm.exposures(); i++) {
        String unit = arm.key() + "/" + i;
        events.accept(exposure(unit, arm.key(), time, ""));
        if (i < arm.successes()) {
          events.accept(outcome(unit, arm.key(), time, ""));
        }
      }
    }
  }

  private void writeRows(Rows rows) {
    int i = 0;
    for (Row row : rows.rows()) {
      String unit = "row/" + i;
      String time = row.at().toString();
      String propensity = ",\"propensity\":" + row.propensity();
      events.accept(exposure(unit, row.arm(), time, propensity));
      if (row.success()) {
        events.accept(
            outcome(unit, row.arm(), time, propensity + ",\"exposedAt\":\"" + time + "\""));
      }
      i++;
    }
  }

  private String exposure(String unit, String arm, String time, String more) {
    return event(EventReader.EXPOSURE, "e/" + unit, unit, arm, time, more);
  }

  private String outcome(String unit, String arm, String time, String more) {
    String metric = ",\"metric\":\"" + METRIC + "\",\"value\":1";
    return event(EventReader.OUTCOME, "o/" + unit, unit, arm, time, metric + more);
  }

  private String event(String type, String id, String unit, String arm, String time, String more) {
    return "{\"specversion\":\"1.0\",\"type\":\""
        + type
        + "\",\"source\":\"/replay/"
        + experiment
        + "\",\"id\":\""
        + id
        + "\",\"time\":\""
        + time
        + "\",\"data\":{\"experiment\":\""
        + experiment
        + "\",\"arm\":\""
        + arm
        + "\",\"unit\":\""
        + experiment
        + "/"
        + unit
        + "\""
        + more
        + "}}";
  }
}
