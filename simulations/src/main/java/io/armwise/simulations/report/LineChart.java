package io.armwise.simulations.report;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A chart of lines with bands as SVG. Lines differ in dashes as well as in colour; colours come
 * from the page, so that it can be light or dark.
 *
 * @param title what it shows
 * @param x name of the horizontal axis
 * @param y name of the vertical axis
 * @param series the lines
 * @param diagonal whether to draw where y equals x
 */
record LineChart(String title, String x, String y, List<Series> series, boolean diagonal) {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 300;
  private static final int LEFT = 72;
  private static final int RIGHT = 16;
  private static final int TOP = 12;
  private static final int BOTTOM = 44;
  private static final int COLOURS = 8;
  private static final int DASHES = 4;
  private static final double ROUNDING = 1e-9;

  private record Frame(double x0, double x1, double y0, double y1) {
    double px(double x) {
      return LEFT + (x - x0) / (x1 - x0) * (WIDTH - LEFT - RIGHT);
    }

    double py(double y) {
      return HEIGHT - BOTTOM - (y - y0) / (y1 - y0) * (HEIGHT - TOP - BOTTOM);
    }
  }

  String html() {
    StringBuilder out = new StringBuilder("<figure>\n<figcaption>");
    out.append(Html.text(title)).append("</figcaption>\n");
    out.append("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"".formatted(WIDTH, HEIGHT));
    out.append(Html.text(title + ". " + spoken())).append("\">\n");
    Frame frame = frame();
    axes(out, frame);
    if (diagonal) {
      out.append(line(frame, 0, 0, 1, 1, "diagonal"));
    }
    for (int i = 0; i < series.size(); i++) {
      draw(out, frame, series.get(i), i);
    }
    out.append("</svg>\n<ul class=\"legend\">");
    for (int i = 0; i < series.size(); i++) {
      out.append("<li><svg viewBox=\"0 0 28 8\" aria-hidden=\"true\"><path class=\"");
      out.append(style(i)).append("\" d=\"M0 4H28\"/></svg>");
      out.append(Html.text(series.get(i).name())).append("</li>");
    }
    return out.append("</ul>\n</figure>\n").toString();
  }

  private String spoken() {
    return series.stream()
        .filter(line -> !line.points().isEmpty())
        .map(
            line ->
                "%s ends at %s".formatted(line.name(), Html.number(line.points().getLast().y())))
        .collect(Collectors.joining("; "));
  }

  private Frame frame() {
    double x1 = Math.max(max(Series.Point::x), diagonal ? 1 : Double.MIN_NORMAL);
    double x0 = diagonal ? 0 : Math.min(1, min(Series.Point::x));
    double y1 = diagonal ? 1 : Math.max(max(Series.Point::high), Double.MIN_NORMAL);
    double y0 = Math.min(0, min(Series.Point::low));
    double step = step(y1 - y0);
    return diagonal
        ? new Frame(0, 1, 0, 1)
        : new Frame(
            x0,
            x1 > x0 ? x1 : x0 + 1,
            Math.floor(y0 / step) * step,
            Math.ceil(y1 / step - ROUNDING) * step);
  }

  /**
   * A distance between ticks that reads well: about a quarter of the range, 1, 2 or 5 times 10ⁿ.
   */
  private static double step(double range) {
    double raw = range / 4;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double first = raw / power;
    return power * (first <= 1 + ROUNDING ? 1 : first <= 2 ? 2 : first <= 5 ? 5 : 10);
  }

  private double max(ToDoubleFunction<Series.Point> value) {
    return series.stream().flatMap(s -> s.points().stream()).mapToDouble(value).max().orElse(1);
  }

  private double min(ToDoubleFunction<Series.Point> value) {
    return series.stream().flatMap(s -> s.points().stream()).mapToDouble(value).min().orElse(0);
  }

  private void axes(StringBuilder out, Frame frame) {
    for (double tick : ticks(frame.y0(), frame.y1())) {
      out.append(line(frame, frame.x0(), tick, frame.x1(), tick, "grid"));
      out.append(label(LEFT - 6, frame.py(tick) + 4, "end", Html.number(tick)));
    }
    for (double tick : ticks(frame.x0(), frame.x1())) {
      out.append(label(frame.px(tick), HEIGHT - BOTTOM + 16, "middle", Html.number(tick)));
    }
    out.append(label((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", x));
    out.append(
        "<text transform=\"translate(12 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>%n"
            .formatted((TOP + HEIGHT - BOTTOM) / 2, Html.text(y)));
  }

  private static double[] ticks(double from, double to) {
    double step = step(to - from);
    long first = (long) Math.ceil(from / step - ROUNDING);
    long last = (long) Math.floor(to / step + ROUNDING);
    return LongStream.rangeClosed(first, last).mapToDouble(tick -> tick * step).toArray();
  }

  private static void draw(StringBuilder out, Frame frame, Series line, int index) {
    if (line.points().isEmpty()) {
      return;
    }
    String there =
        line.points().stream()
            .map(p -> coordinates(frame.px(p.x()), frame.py(p.high())))
            .collect(Collectors.joining("L"));
    String back =
        line.points().reversed().stream()
            .map(p -> coordinates(frame.px(p.x()), frame.py(p.low())))
            .collect(Collectors.joining("L"));
    out.append("<path class=\"band c").append(index % COLOURS).append("\" d=\"M");
    out.append(there).append('L').append(back).append("Z\"/>\n");
    String path =
        line.points().stream()
            .map(p -> coordinates(frame.px(p.x()), frame.py(p.y())))
            .collect(Collectors.joining("L"));
    out.append("<path class=\"").append(style(index)).append("\" d=\"M");
    out.append(path).append("\"/>\n");
  }

  private static String style(int index) {
    return "line c%d d%d".formatted(index % COLOURS, index % DASHES);
  }

  private static String coordinates(double x, double y) {
    return String.format(Locale.ROOT, "%.1f %.1f", x, y);
  }

  private static String line(Frame frame, double x0, double y0, double x1, double y1, String kind) {
    return "<path class=\"%s\" d=\"M%sL%s\"/>%n"
        .formatted(
            kind, coordinates(frame.px(x0), frame.py(y0)), coordinates(frame.px(x1), frame.py(y1)));
  }

  private static String label(double x, double y, String anchor, String text) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
        x,
        y,
        anchor,
        Html.text(text));
  }
}
