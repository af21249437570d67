package io.armwise.posterior.interleaving;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Balanced interleaving: the top of the merged list holds as many of the best items of either
 * ranking as of the other, give or take one. It favours one side for rankings that are nearly the
 * same, even under random clicks; prefer {@link TeamDraft}.
 *
 * <p>Source: Joachims (2003), Text Mining; Radlinski, Kurup and Joachims (CIKM 2008), algorithm 1.
 */
public final class BalancedInterleaving {
  private BalancedInterleaving() {}

  /**
   * Merges two rankings.
   *
   * @param a first ranking, best first
   * @param b second ranking, best first
   * @param length length of the merged list, ≥ 0; fewer where a ranking runs out
   * @param aFirst whether A wins ties, drawn once per list with probability ½
   * @param <T> the type of an item, compared by equals
   * @return the merged list
   * @throws IllegalArgumentException if the length is negative
   */
  public static <T> List<T> of(List<T> a, List<T> b, int length, boolean aFirst) {
    if (length < 0) {
      throw new IllegalArgumentException("length must be >= 0, got " + length);
    }
    Set<T> merged = new LinkedHashSet<>();
    int nextOfA = 0;
    int nextOfB = 0;
    while (merged.size() < length && nextOfA < a.size() && nextOfB < b.size()) {
      if (nextOfA < nextOfB || (nextOfA == nextOfB && aFirst)) {
        merged.add(a.get(nextOfA++));
      } else {
        merged.add(b.get(nextOfB++));
      }
    }
    return new ArrayList<>(merged);
  }
}
