package io.armwise.service.snapshot;

import jakarta.inject.Singleton;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jooq.DSLContext;

/**
 * The courses of allocations as charts draw them. A course takes version numbers at fixed
 * distances, so that one that has grown goes through the same points as before and does not
 * tremble; and as no version ever changes, those that were read once need not be read again.
 * Thread-safe.
 */
@Singleton
public final class AllocationCourses {
  /** Changes of the definition or the status that a course shows, the newest. */
  static final int CHANGES = 50;

  /** How many arms' figures are kept, at some 300 bytes each. */
  private static final int MOST_FIGURES = 50_000;

  private final AllocationStore store;

  /** The least recently used first. */
  private final LinkedHashMap<Place, AllocationVersion> kept = new LinkedHashMap<>(16, 0.75f, true);

  private int figures;

  AllocationCourses(AllocationStore store) {
    this.store = store;
  }

  private record Place(int experiment, long version) {}

  /**
   * The course of an experiment's allocation, oldest first: at most {@code points} versions with
   * the first and the newest among them, and every change of the definition or the status, of more
   * than {@value #CHANGES} the newest.
   *
   * @param points {@code >= 3}
   */
  public List<AllocationVersion> of(DSLContext transaction, int experiment, int points) {
    OptionalLong newest = store.newestNumber(transaction, experiment);
    if (newest.isEmpty()) {
      return List.of();
    }
    SortedSet<Long> numbers = numbers(newest.getAsLong(), points);
    numbers.addAll(store.changes(transaction, experiment, CHANGES));
    SortedMap<Long, AllocationVersion> course = known(experiment, numbers);
    numbers.removeAll(course.keySet());
    if (!numbers.isEmpty()) {
      List<AllocationVersion> read = store.at(transaction, experiment, numbers);
      keep(read);
      read.forEach(version -> course.put(version.version(), version));
    }
    return List.copyOf(course.values());
  }

  /** Version numbers a power of two apart, from the first, and the last. */
  static SortedSet<Long> numbers(long last, int points) {
    long distance = 1;
    while ((last - 2) / distance + 2 > points) {
      distance *= 2;
    }
    SortedSet<Long> numbers = new TreeSet<>();
    for (long number = 1; number < last; number += distance) {
      numbers.add(number);
    }
    numbers.add(last);
    return numbers;
  }

  private synchronized SortedMap<Long, AllocationVersion> known(
      int experiment, SortedSet<Long> numbers) {
    SortedMap<Long, AllocationVersion> known = new TreeMap<>();
    for (long number : numbers) {
      AllocationVersion version = kept.get(new Place(experiment, number));
      if (version != null) {
        known.put(number, version);
      }
    }
    return known;
  }

  private synchronized void keep(List<AllocationVersion> versions) {
    for (AllocationVersion version : versions) {
      AllocationVersion before =
          kept.put(new Place(version.experiment(), version.version()), version);
      figures += version.arms().size() - (before == null ? 0 : before.arms().size());
    }
    Iterator<AllocationVersion> oldest = kept.values().iterator();
    while (figures > MOST_FIGURES && oldest.hasNext()) {
      figures -= oldest.next().arms().size();
      oldest.remove();
    }
  }
}
