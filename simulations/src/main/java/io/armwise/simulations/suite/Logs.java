package io.armwise.simulations.suite;

import io.armwise.simulations.world.LogRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Replaces the logs that a suite names by what is in them: their rates, or their rows for a replay.
 *
 * <p>Two shapes of CSV are known by their header. {@code experiment,arm,impressions,clicks}: the
 * rate of an arm is clicks/impressions; experiments with the wanted number of arms are kept. {@code
 * …,item_id,…,click,propensity,…}: one experiment whose arms are the items played most often; an
 * item's rate is {@code Σ click/propensity ÷ Σ 1/propensity} over its rows, so the log's own policy
 * does not bias it. Only the second can be replayed.
 */
final class Logs {
  private Logs() {}

  static Node writtenOut(Node node, Path folder) {
    return switch (node) {
      case Node.Mapping mapping when isLog(mapping, "log") -> rates(mapping, folder);
      case Node.Mapping mapping when isLog(mapping, "replay") -> rows(mapping, folder);
      case Node.Mapping(int line, Map<String, Node> entries, Map<String, Integer> lines) -> {
        Map<String, Node> copy = new LinkedHashMap<>();
        entries.forEach((key, value) -> copy.put(key, writtenOut(value, folder)));
        yield new Node.Mapping(line, copy, lines);
      }
      case Node.Sequence(int line, List<Node> items) ->
          new Node.Sequence(line, items.stream().map(item -> writtenOut(item, folder)).toList());
      case Node.Scalar scalar -> scalar;
    };
  }

  private static boolean isLog(Node.Mapping mapping, String wanted) {
    return mapping.entries().get("type") instanceof Node.Scalar type
        && type.text().equals(wanted)
        && mapping.entries().containsKey("file");
  }

  private static Node rates(Node.Mapping mapping, Path folder) {
    Fields fields = Fields.root("log", mapping).allow("type", "file", "arms");
    Path file = folder.resolve(fields.text("file"));
    int arms = fields.count("arms", 2);
    List<List<Double>> experiments = read(file, log -> log.rates(arms));
    if (experiments.isEmpty()) {
      throw new SuiteException(file + ": must have an experiment with " + arms + " arms");
    }
    Map<String, Node> written = new LinkedHashMap<>();
    int line = mapping.line();
    written.put("type", new Node.Scalar(line, "log"));
    written.put("source", new Node.Scalar(line, fields.text("file")));
    List<Node> tables = new ArrayList<>();
    for (List<Double> rates : experiments) {
      tables.add(
          new Node.Sequence(
              line, rates.stream().<Node>map(r -> new Node.Scalar(line, r.toString())).toList()));
    }
    written.put("experiments", new Node.Sequence(line, tables));
    return new Node.Mapping(line, written, mapping.lines());
  }

  private static Node rows(Node.Mapping mapping, Path folder) {
    Fields fields = Fields.root("replay", mapping).allow("type", "file", "arms");
    Path file = folder.resolve(fields.text("file"));
    int arms = fields.count("arms", 2);
    LogRows rows = read(file, log -> log.mostPlayed(arms));
    int line = mapping.line();
    Map<String, Node> written = new LinkedHashMap<>();
    written.put("type", new Node.Scalar(line, "replay"));
    written.put("source", new Node.Scalar(line, fields.text("file")));
    written.put("arms", new Node.Scalar(line, Integer.toString(arms)));
    written.put("rows", new Node.Scalar(line, rows.toString()));
    return new Node.Mapping(line, written, mapping.lines());
  }

  private static <T> T read(Path file, Function<Table, T> wanted) {
    try {
      return wanted.apply(Table.of(Files.readAllLines(file)));
    } catch (IOException | RuntimeException e) {
      throw new SuiteException(file + ": cannot be read as a log: " + e.getMessage(), e);
    }
  }

  /** A log as it was read. */
  private record Table(List<String> header, List<String[]> rows) {
    private static final List<String> TOTALS =
        List.of("experiment", "arm", "impressions", "clicks");
    private static final List<String> DECISIONS = List.of("item_id", "click", "propensity");

    static Table of(List<String> lines) {
      return new Table(
          List.of(lines.getFirst().split(",")),
          lines.stream().skip(1).filter(row -> !row.isBlank()).map(row -> row.split(",")).toList());
    }

    List<List<Double>> rates(int arms) {
      if (header.equals(TOTALS)) {
        return byExperiment(arms);
      }
      double[] rates = mostPlayed(arms).rates(arms);
      return List.of(Arrays.stream(rates).boxed().toList());
    }

    private List<List<Double>> byExperiment(int arms) {
      Map<String, List<Double>> rates = new TreeMap<>();
      for (String[] row : rows) {
        double rate = Double.parseDouble(row[3]) / Double.parseDouble(row[2]);
        rates.computeIfAbsent(row[0], key -> new ArrayList<>()).add(rate);
      }
      return rates.values().stream().filter(experiment -> experiment.size() == arms).toList();
    }

    /** The rows of the items that were played most often, the most frequent first. */
    LogRows mostPlayed(int arms) {
      if (!header.containsAll(DECISIONS)) {
        throw new IllegalArgumentException(
            "header must be %s or name item_id, click and propensity, got %s"
                .formatted(String.join(",", TOTALS), String.join(",", header)));
      }
      int item = header.indexOf("item_id");
      Map<String, Integer> played = new TreeMap<>();
      rows.forEach(row -> played.merge(row[item], 1, Integer::sum));
      List<String> items =
          played.entrySet().stream()
              .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
              .limit(arms)
              .map(Map.Entry::getKey)
              .toList();
      if (items.size() < arms) {
        throw new IllegalArgumentException(
            "a log must have %d arms, got %d".formatted(arms, items.size()));
      }
      return LogRows.of(
          rows.stream()
              .filter(row -> items.contains(row[item]))
              .map(
                  row ->
                      new LogRows.Row(
                          items.indexOf(row[item]),
                          Double.parseDouble(row[header.indexOf("click")]) == 1,
                          Double.parseDouble(row[header.indexOf("propensity")])))
              .toList());
    }
  }
}
