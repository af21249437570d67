package io.armwise.service.rebuild;

import io.armwise.service.rebuild.RebuildReport.Comparison;
import io.armwise.service.rebuild.RebuildReport.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Counts what is equal and what is not, and keeps the first differences. One thread. */
final class Differences {
  /** Differences that are shown; the others are counted. */
  static final int EXAMPLES = 20;

  private final String what;
  private final List<Difference> examples = new ArrayList<>();
  private long compared;
  private long different;
  private long skipped;

  Differences(String what) {
    this.what = what;
  }

  /** Compares all items of both sides. */
  static <K, V> Comparison ofAll(
      String what, Map<K, V> live, Map<K, V> rebuilt, Function<K, String> name) {
    Differences differences = new Differences(what);
    Map<String, K> keys = new TreeMap<>();
    live.keySet().forEach(key -> keys.put(name.apply(key), key));
    rebuilt.keySet().forEach(key -> keys.put(name.apply(key), key));
    keys.forEach((where, key) -> differences.compare(where, live.get(key), rebuilt.get(key)));
    return differences.comparison();
  }

  void compare(String where, @Nullable Object live, @Nullable Object rebuilt) {
    compared++;
    if (!Objects.equals(live, rebuilt)) {
      different++;
      if (examples.size() < EXAMPLES) {
        examples.add(new Difference(where, text(live), text(rebuilt)));
      }
    }
  }

  /** An item that both sides have, equal. */
  void same() {
    compared++;
  }

  void skip() {
    skipped++;
  }

  private static String text(@Nullable Object value) {
    return value == null ? "none" : value.toString();
  }

  Comparison comparison() {
    return new Comparison(what, compared, different, skipped, List.copyOf(examples));
  }
}
