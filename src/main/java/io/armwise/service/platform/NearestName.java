package io.armwise.service.platform;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Suggests the name that a person probably meant. */
public final class NearestName {
  private NearestName() {}

  /**
   * The name that takes the fewest changes of a character; of equals the first.
   *
   * @param name what was written
   * @param known what could have been meant, not empty
   */
  public static String of(String name, Collection<String> known) {
    String lower = name.toLowerCase(Locale.ROOT);
    return known.stream()
        .min(
            Comparator.comparingInt(
                candidate -> LevenshteinDistance.getDefaultInstance().apply(candidate, lower)))
        .orElseThrow();
  }
}
