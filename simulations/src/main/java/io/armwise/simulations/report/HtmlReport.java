package io.armwise.simulations.report;

import io.armwise.simulations.suite.Suite;
import io.armwise.simulations.suite.Summary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The results of a suite as one page that needs nothing but itself. */
public final class HtmlReport {
  private static final String FALSE_WINNER = "false winner: ";
  private static final String SHARE = "share ";

  private final Suite suite;
  private final Summary summary;
  private final StringBuilder out = new StringBuilder();

  private HtmlReport(Suite suite, Summary summary) {
    this.suite = suite;
    this.summary = summary;
  }

  /** The page. */
  public static String of(Suite suite, Summary summary) {
    return new HtmlReport(suite, summary).page();
  }

  private String page() {
    out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    out.append(Html.text(suite.name())).append("</title>\n<style>\n");
    out.append(styleSheet()).append("</style>\n</head>\n<body>\n<main>\n<h1>");
    out.append(Html.text(suite.name())).append("</h1>\n<p>");
    out.append(Html.text(suite.description())).append("</p>\n<p>");
    out.append(
        "%d cells, %d replications each, seed %d. Bands and ± are two and one Monte Carlo standard"
            .formatted(suite.cells().size(), suite.replications(), suite.seed()));
    out.append(" errors.</p>\n");
    Set<List<String>> sections = new LinkedHashSet<>();
    summary
        .rows()
        .forEach(
            row ->
                sections.add(List.of(row.place().world(), Integer.toString(row.place().days()))));
    sections.forEach(key -> section(key.getFirst(), Integer.parseInt(key.getLast())));
    return out.append("</main>\n</body>\n</html>\n").toString();
  }

  private void section(String world, int days) {
    out.append("<section>\n<h2>").append(Html.text(world)).append(", ").append(days);
    out.append(" days</h2>\n");
    List<Summary.CurveRow> curves =
        summary.curves().stream().filter(row -> isIn(row.place(), world, days)).toList();
    List<Summary.CurveRow> regrets =
        curves.stream().filter(row -> row.measure().equals("regret")).toList();
    if (regrets.stream().anyMatch(row -> row.moments().mean() != 0)) {
      chart("Cumulative regret", "regret", lines(regrets, true, ""));
    } else {
      out.append("<p>All arms are equally good, so no policy has any regret.</p>\n");
    }
    tables(world, days);
    Set<String> policies = new LinkedHashSet<>();
    curves.forEach(row -> policies.add(row.place().policy()));
    for (String policy : policies) {
      List<Summary.CurveRow> own =
          curves.stream().filter(row -> row.place().policy().equals(policy)).toList();
      out.append("<details>\n<summary>").append(Html.text(policy)).append("</summary>\n");
      chart("Shares of the arms", "share", lines(own, false, SHARE));
      if (!suite.rules().isEmpty()) {
        chart("False winners so far, by rule", "probability", lines(own, false, FALSE_WINNER));
      }
      calibration(world, days, policy);
      out.append("</details>\n");
    }
    out.append("</section>\n");
  }

  private static boolean isIn(Summary.Place place, String world, int days) {
    return place.world().equals(world) && place.days() == days;
  }

  /** Rows as lines: by policy, or by what follows a prefix of the measure. */
  private static List<Series> lines(List<Summary.CurveRow> rows, boolean byPolicy, String prefix) {
    Map<String, List<Series.Point>> lines = new LinkedHashMap<>();
    for (Summary.CurveRow row : rows) {
      if (row.measure().startsWith(prefix)) {
        String name = byPolicy ? row.place().policy() : row.measure().substring(prefix.length());
        lines
            .computeIfAbsent(name, key -> new ArrayList<>())
            .add(new Series.Point(row.day(), row.moments().mean(), row.moments().standardError()));
      }
    }
    return lines.entrySet().stream()
        .map(entry -> new Series(entry.getKey(), entry.getValue()))
        .toList();
  }

  private void chart(String title, String y, List<Series> series) {
    out.append(new LineChart(title, "day", y, series, false).html());
  }

  private void calibration(String world, int days, String policy) {
    boolean someBest = false;
    Map<String, List<Series.Point>> lines = new LinkedHashMap<>();
    for (Summary.Bin bin : summary.calibration()) {
      if (isIn(bin.place(), world, days) && bin.place().policy().equals(policy)) {
        someBest |= bin.best().mean() > 0;
        lines
            .computeIfAbsent(bin.rule(), key -> new ArrayList<>())
            .add(
                new Series.Point(
                    bin.probability().mean(), bin.best().mean(), bin.best().standardError()));
      }
    }
    if (!someBest) {
      // Among equal arms none is best, whatever was said.
      return;
    }
    List<Series> series =
        lines.entrySet().stream()
            .map(entry -> new Series(entry.getKey(), entry.getValue()))
            .toList();
    out.append(
        new LineChart(
                "Was the choice best as often as it was said to be?",
                "P(best) that was said",
                "fraction strictly best",
                series,
                true)
            .html());
  }

  /** A table per rule, and one of what no rule has a say in. */
  private void tables(String world, int days) {
    Map<String, List<Summary.Row>> byRule = new LinkedHashMap<>();
    for (Summary.Row row : summary.rows()) {
      if (isIn(row.place(), world, days)) {
        byRule.computeIfAbsent(row.rule(), rule -> new ArrayList<>()).add(row);
      }
    }
    List<Summary.Row> whole = byRule.remove("");
    byRule.forEach((rule, rows) -> table("Rule: " + rule, rows));
    if (whole != null) {
      table("Whatever the rule", whole);
    }
  }

  /** A line per measure and a column per policy, since measures are more. */
  private void table(String caption, List<Summary.Row> rows) {
    Set<String> policies = new LinkedHashSet<>();
    Map<String, Map<String, Summary.Row>> lines = new LinkedHashMap<>();
    for (Summary.Row row : rows) {
      policies.add(row.place().policy());
      lines
          .computeIfAbsent(row.measure(), measure -> new LinkedHashMap<>())
          .put(row.place().policy(), row);
    }
    out.append("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"");
    out.append(Html.text(caption)).append("\"><table>\n<caption>").append(Html.text(caption));
    out.append("</caption>\n<thead><tr><th scope=\"col\">measure</th>");
    policies.forEach(p -> out.append("<th scope=\"col\">").append(Html.text(p)).append("</th>"));
    out.append("</tr></thead>\n<tbody>\n");
    lines.forEach(
        (measure, line) -> {
          out.append("<tr><th scope=\"row\">").append(Html.text(measure)).append("</th>");
          policies.forEach(policy -> cell(line.get(policy)));
          out.append("</tr>\n");
        });
    out.append("</tbody></table></div>\n");
  }

  private void cell(Summary.@Nullable Row row) {
    out.append("<td>");
    if (row != null) {
      out.append(Html.number(row.moments().mean()));
      double error = row.moments().standardError();
      // Equal values have no error but that of adding them up.
      if (error > 1e-12 * Math.abs(row.moments().mean())) {
        out.append(" <small>± ").append(Html.error(error)).append("</small>");
      }
    }
    out.append("</td>");
  }

  private static String styleSheet() {
    try (InputStream style = HtmlReport.class.getResourceAsStream("report.css")) {
      if (style == null) {
        throw new IllegalStateException("report.css must be beside HtmlReport");
      }
      return new String(style.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
