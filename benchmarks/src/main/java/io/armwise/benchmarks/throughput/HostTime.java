package io.armwise.benchmarks.throughput;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Time of all processors since the machine was started, in the kernel's ticks.
 *
 * @param stolen that a host has given to other machines
 * @param idle with nothing to do
 * @param all together; 0 where the kernel does not tell
 */
record HostTime(long stolen, long idle, long all) {
  private static final Path STAT = Path.of("/proc/stat");

  static HostTime now() throws IOException {
    if (!Files.exists(STAT)) {
      return new HostTime(0, 0, 0);
    }
    // cpu user nice system idle iowait irq softirq steal …
    String[] fields = Files.readAllLines(STAT).getFirst().split("\\s+", -1);
    long all = 0;
    for (int i = 1; i <= 8; i++) {
      all += Long.parseLong(fields[i]);
    }
    return new HostTime(Long.parseLong(fields[8]), Long.parseLong(fields[4]), all);
  }

  /** What has passed since, in words. */
  String since(HostTime before) {
    double passed = Math.max(1, all - before.all);
    return String.format(
        Locale.ROOT,
        "processors %.0f %% idle, %.0f %% taken by the host",
        100 * (idle - before.idle) / passed,
        100 * (stolen - before.stolen) / passed);
  }
}
