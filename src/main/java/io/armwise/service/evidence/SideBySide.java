package io.armwise.service.evidence;

import java.util.Comparator;
import java.util.Iterator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Two runs of rows in one order, walked side by side: neither needs to fit the memory. */
public final class SideBySide {
  /** As the database sorts them: by their bytes, without a sign. */
  static final Comparator<UUID> UUID_ORDER =
      (one, other) -> {
        int first =
            Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return first != 0
            ? first
            : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
      };

  private SideBySide() {}

  /** Told of each key in one of the runs or in both. */
  public interface Pair<T> {
    /** At least one of both is there. */
    void accept(@Nullable T live, @Nullable T rebuilt);
  }

  /**
   * Walks.
   *
   * @param order of both, in which no two rows of a run are equal
   */
  static <T> void walk(
      Iterator<T> live, Iterator<T> rebuilt, Comparator<? super T> order, Pair<T> pair) {
    @Nullable T one = next(live);
    @Nullable T other = next(rebuilt);
    while (one != null || other != null) {
      int compared = one == null ? 1 : other == null ? -1 : order.compare(one, other);
      pair.accept(compared <= 0 ? one : null, compared >= 0 ? other : null);
      one = compared <= 0 ? next(live) : one;
      other = compared >= 0 ? next(rebuilt) : other;
    }
  }

  private static <T> @Nullable T next(Iterator<T> rows) {
    return rows.hasNext() ? rows.next() : null;
  }
}
