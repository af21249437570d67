package io.armwise.service.replay;

import io.armwise.bandits.experiment.Key;
import io.armwise.service.replay.LoggedExperiment.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a file of logged data, whole and strictly, before anything is sent. The format follows from
 * the header:
 *
 * <ul>
 *   <li>{@code experiment, arm, impressions, clicks}: counts of many experiments
 *   <li>{@code timestamp, item_id, click, propensity}: decisions of one bandit
 * </ul>
 *
 * Further columns are passed over; the order of columns does not matter. Fields hold no commas.
 */
final class LogFile {
  private static final List<String> COUNTS = List.of("experiment", "arm", "impressions", "clicks");
  private static final List<String> DECISIONS =
      List.of("timestamp", "item_id", "click", "propensity");

  private final String prefix;
  private final int limit;
  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private int lineNumber;
  private String[] fields = {};

  private LogFile(String prefix, int limit) {
    this.prefix = prefix;
    this.limit = limit;
  }

  /**
   * The experiments of a file.
   *
   * @param name what the experiments' keys begin with
   * @param limit the most experiments, or rows of a log of decisions
   * @throws BadFileException if the file breaks a rule
   */
  static List<LoggedExperiment> read(Path file, String name, int limit) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return new LogFile(name, limit).read(reader);
    }
  }

  private List<LoggedExperiment> read(BufferedReader reader) throws IOException {
    readHeader(reader);
    List<LoggedExperiment> experiments =
        columns.containsKey("item_id") ? List.of(readDecisions(reader)) : readCounts(reader);
    if (experiments.isEmpty()) {
      throw new BadFileException(lineNumber + 1, "experiment", "must have at least one row", "");
    }
    return experiments;
  }

  private void readHeader(BufferedReader reader) throws IOException {
    String header = reader.readLine();
    lineNumber = 1;
    String[] names = header == null ? new String[0] : header.split(",", -1);
    for (int i = 0; i < names.length; i++) {
      columns.put(names[i].strip(), i);
    }
    List<String> wanted = columns.containsKey("item_id") ? DECISIONS : COUNTS;
    for (String name : wanted) {
      if (!columns.containsKey(name)) {
        throw new BadFileException(
            1, name, "is missing; the header must have " + wanted, String.valueOf(header));
      }
    }
  }

  private boolean next(BufferedReader reader) throws IOException {
    String line = reader.readLine();
    while (line != null && line.isBlank()) {
      lineNumber++;
      line = reader.readLine();
    }
    lineNumber++;
    if (line == null) {
      return false;
    }
    fields = line.split(",", -1);
    if (fields.length != columns.size()) {
      throw new BadFileException(
          lineNumber,
          columns.keySet().toArray(String[]::new)[Math.min(fields.length, columns.size() - 1)],
          "must be one of " + columns.size() + " fields, as the header says",
          fields.length + " fields");
    }
    return true;
  }

  private List<LoggedExperiment> readCounts(BufferedReader reader) throws IOException {
    Map<String, Map<String, LoggedArm>> experiments = new LinkedHashMap<>();
    Map<String, Integer> firstLines = new LinkedHashMap<>();
    while (next(reader)) {
      String experiment = prefix + text("experiment");
      requireKey("experiment", experiment);
      String arm = text("arm");
      requireKey("arm", arm);
      long impressions = whole("impressions");
      long clicks = whole("clicks");
      if (clicks > impressions) {
        throw bad("clicks", "must be at most the impressions, " + impressions);
      }
      if (!experiments.containsKey(experiment) && experiments.size() == limit) {
        continue; // held against the rules all the same
      }
      firstLines.putIfAbsent(experiment, lineNumber);
      LoggedArm before =
          experiments
              .computeIfAbsent(experiment, key -> new LinkedHashMap<>())
              .put(arm, new LoggedArm(arm, impressions, clicks));
      if (before != null) {
        throw bad("arm", "must come once per experiment");
      }
    }
    List<LoggedExperiment> logged = new ArrayList<>();
    experiments.forEach(
        (key, arms) -> {
          if (arms.size() < 2) {
            throw new BadFileException(
                firstLines.getOrDefault(key, 1),
                "arm",
                "must be one of at least two arms of its experiment",
                String.join("", arms.keySet()));
          }
          logged.add(new LoggedExperiment.Counts(key, List.copyOf(arms.values())));
        });
    return logged;
  }

  private LoggedExperiment readDecisions(BufferedReader reader) throws IOException {
    List<Row> rows = new ArrayList<>();
    TreeMap<Long, LoggedArm> arms = new TreeMap<>();
    while (rows.size() < limit && next(reader)) {
      long item = whole("item_id");
      boolean click = whole("click") == 1;
      if (!click && whole("click") != 0) {
        throw bad("click", "must be 0 or 1");
      }
      Row row = new Row(time("timestamp"), "item-" + item, probability("propensity"), click);
      rows.add(row);
      arms.merge(
          item,
          new LoggedArm(row.arm(), 1, click ? 1 : 0),
          (a, b) ->
              new LoggedArm(a.key(), a.exposures() + b.exposures(), a.successes() + b.successes()));
    }
    if (arms.size() < 2) {
      throw new BadFileException(
          lineNumber, "item_id", "must name at least two items", arms.size() + " items");
    }
    String key = prefix + "bandit";
    requireKey("item_id", key);
    return new LoggedExperiment.Rows(key, List.copyOf(arms.values()), rows);
  }

  private String text(String column) {
    return fields[columns.getOrDefault(column, 0)].strip();
  }

  private void requireKey(String column, String key) {
    if (!Key.isValid(key)) {
      throw new BadFileException(lineNumber, column, Key.RULE, key);
    }
  }

  private long whole(String column) {
    try {
      long value = Long.parseLong(text(column));
      if (value >= 0 && value <= 1_000_000_000_000L) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below like a number out of range.
    }
    throw bad(column, "must be a whole number from 0 to 10^12");
  }

  private double probability(String column) {
    try {
      double value = Double.parseDouble(text(column));
      if (value > 0 && value <= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below like a number out of range.
    }
    throw bad(column, "must be a number in (0, 1]");
  }

  private Instant time(String column) {
    try {
      return OffsetDateTime.parse(text(column).replace(' ', 'T')).toInstant();
    } catch (DateTimeException e) {
      throw bad(column, "must be a time with its offset, such as 2019-11-24 00:01:03+00:00");
    }
  }

  private BadFileException bad(String column, String rule) {
    return new BadFileException(lineNumber, column, rule, text(column));
  }
}
