package io.armwise.posterior.interleaving;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Team-draft interleaving: two captains pick in turn, each the best item of its ranking that is not
 * taken. The captain with fewer picks goes next; a coin decides when they are level. A click counts
 * for the team that picked the item.
 *
 * <p>Source: Radlinski, Kurup and Joachims (CIKM 2008), algorithm 2; Chapelle, Joachims, Radlinski
 * and Yue (TOIS 2012), §3.2.
 *
 * @param items the list to show, best first
 * @param teams who picked each item
 * @param <T> the type of an item, compared by equals
 */
public record TeamDraft<T>(List<T> items, List<Team> teams) {

  /** Whose pick an item is. */
  public enum Team {
    /** The first ranking. */
    A,
    /** The second ranking. */
    B
  }

  /** Copies and checks the lists. */
  public TeamDraft {
    items = List.copyOf(items);
    teams = List.copyOf(teams);
    if (items.size() != teams.size()) {
      throw new IllegalArgumentException(
          "items and teams must have the same size, got " + items.size() + ", " + teams.size());
    }
  }

  /**
   * Merges two rankings.
   *
   * @param a first ranking, best first
   * @param b second ranking, best first
   * @param length length of the merged list, ≥ 0; fewer where both rankings run out
   * @param coin true lets A pick, with probability ½, independently each time
   * @param <T> the type of an item
   * @return the merged list
   * @throws IllegalArgumentException if the length is negative
   */
  public static <T> TeamDraft<T> of(List<T> a, List<T> b, int length, BooleanSupplier coin) {
    if (length < 0) {
      throw new IllegalArgumentException("length must be >= 0, got " + length);
    }
    List<T> items = new ArrayList<>();
    List<Team> teams = new ArrayList<>();
    Set<T> taken = new HashSet<>();
    int picksOfA = 0;
    int nextOfA = firstFree(a, 0, taken);
    int nextOfB = firstFree(b, 0, taken);
    while (items.size() < length && (nextOfA < a.size() || nextOfB < b.size())) {
      int lead = 2 * picksOfA - items.size();
      boolean pickA = lead < 0 || (lead == 0 && coin.getAsBoolean());
      // A captain without items leaves the pick to the other.
      pickA = nextOfB >= b.size() || (pickA && nextOfA < a.size());
      T item = pickA ? a.get(nextOfA) : b.get(nextOfB);
      items.add(item);
      teams.add(pickA ? Team.A : Team.B);
      taken.add(item);
      picksOfA += pickA ? 1 : 0;
      nextOfA = firstFree(a, nextOfA, taken);
      nextOfB = firstFree(b, nextOfB, taken);
    }
    return new TeamDraft<>(items, teams);
  }

  private static <T> int firstFree(List<T> ranking, int from, Set<T> taken) {
    int i = from;
    while (i < ranking.size() && taken.contains(ranking.get(i))) {
      i++;
    }
    return i;
  }
}
