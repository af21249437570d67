package io.armwise.benchmarks.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM's own log says of its garbage: {@code -Xlog:gc}.
 *
 * @param allocatedMegabytes by what the heap grew between collections
 * @param pauses how many
 * @param longestMs the longest of them
 * @param totalMs all of them
 */
record GcLog(double allocatedMegabytes, int pauses, double longestMs, double totalMs) {
  private static final Pattern PAUSE =
      Pattern.compile("Pause.* (\\d+)M->(\\d+)M\\(\\d+M\\) ([0-9.]+)ms");

  /** The lines of a log from {@code firstLine} on. */
  static GcLog read(Path log, int firstLine) throws IOException {
    List<String> lines = Files.readAllLines(log);
    double allocated = 0;
    double longest = 0;
    double total = 0;
    int pauses = 0;
    int after = -1;
    for (String line : lines.subList(Math.min(firstLine, lines.size()), lines.size())) {
      Matcher pause = PAUSE.matcher(line);
      if (pause.find()) {
        if (after >= 0) {
          allocated += Math.max(0, Integer.parseInt(pause.group(1)) - after);
        }
        after = Integer.parseInt(pause.group(2));
        double ms = Double.parseDouble(pause.group(3));
        longest = Math.max(longest, ms);
        total += ms;
        pauses++;
      }
    }
    return new GcLog(allocated, pauses, longest, total);
  }

  static int lines(Path log) throws IOException {
    return Files.exists(log) ? Files.readAllLines(log).size() : 0;
  }
}
