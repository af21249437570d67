package io.armwise.simulations.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Replaces the logs that a suite names by the rates in them.
 *
 * <p>Two shapes of CSV are known by their header. {@code experiment,arm,impressions,clicks}: the
 * rate of an arm is clicks/impressions; experiments with the wanted number of arms are kept. {@code
 * …,item_id,…,click,propensity,…}: one experiment whose arms are the items played most often; an
 * item's rate is {@code Σ click/propensity ÷ Σ 1/propensity} over its rows, so the log's own policy
 * does not bias it.
 */
final class LoggedRates {
  private LoggedRates() {}

  static Node writtenOut(Node node, Path folder) {
    return switch (node) {
      case Node.Mapping mapping when isLog(mapping) -> rates(mapping, folder);
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

  private static boolean isLog(Node.Mapping mapping) {
    return mapping.entries().get("type") instanceof Node.Scalar type
        && type.text().equals("log")
        && mapping.entries().containsKey("file");
  }

  private static Node rates(Node.Mapping mapping, Path folder) {
    Fields fields = Fields.root("log", mapping).allow("type", "file", "arms");
    Path file = folder.resolve(fields.text("file"));
    int arms = fields.count("arms", 2);
    List<List<Double>> experiments = read(file, arms);
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

  private static List<List<Double>> read(Path file, int arms) {
    try {
      List<String> rows = Files.readAllLines(file);
      List<String> header = List.of(rows.getFirst().split(","));
      List<String[]> cells =
          rows.stream().skip(1).filter(row -> !row.isBlank()).map(row -> row.split(",")).toList();
      if (header.equals(List.of("experiment", "arm", "impressions", "clicks"))) {
        return byExperiment(cells, arms);
      }
      if (header.containsAll(List.of("item_id", "click", "propensity"))) {
        return byItem(cells, header, arms);
      }
      throw new SuiteException(
          file
              + ": header must be experiment,arm,impressions,clicks or name item_id, click and"
              + " propensity, got "
              + rows.getFirst());
    } catch (IOException | RuntimeException e) {
      if (e instanceof SuiteException known) {
        throw known;
      }
      throw new SuiteException(file + ": cannot be read as a log: " + e.getMessage(), e);
    }
  }

  private static List<List<Double>> byExperiment(List<String[]> rows, int arms) {
    Map<String, List<Double>> rates = new TreeMap<>();
    for (String[] row : rows) {
      double rate = Double.parseDouble(row[3]) / Double.parseDouble(row[2]);
      rates.computeIfAbsent(row[0], key -> new ArrayList<>()).add(rate);
    }
    return rates.values().stream().filter(experiment -> experiment.size() == arms).toList();
  }

  private static List<List<Double>> byItem(List<String[]> rows, List<String> header, int arms) {
    Map<String, double[]> items = new TreeMap<>();
    for (String[] row : rows) {
      double weight = 1 / Double.parseDouble(row[header.indexOf("propensity")]);
      double[] item = items.computeIfAbsent(row[header.indexOf("item_id")], key -> new double[3]);
      item[0] += 1;
      item[1] += weight;
      item[2] += weight * Double.parseDouble(row[header.indexOf("click")]);
    }
    List<Double> rates =
        items.values().stream()
            .sorted((a, b) -> Double.compare(b[0], a[0]))
            .limit(arms)
            .map(item -> item[2] / item[1])
            .toList();
    return rates.size() == arms ? List.of(rates) : List.of();
  }
}
