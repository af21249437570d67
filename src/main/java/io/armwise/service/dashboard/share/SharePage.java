package io.armwise.service.dashboard.share;

import io.armwise.service.dashboard.Shell;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form that makes a link to a report, and the link.
 *
 * @param key of the experiment
 * @param name of the experiment
 * @param link absent before it is made
 * @param end when the link ends; absent before it is made
 * @param links that were made before and still open, newest first
 * @param error why no link was made
 */
public record SharePage(
    Shell shell,
    String key,
    String name,
    @Nullable String link,
    @Nullable String end,
    List<Made> links,
    @Nullable String error) {
  /** How many days a link may hold. */
  public static final List<Integer> DAYS = List.of(1, 7, 30, 90);

  /** Keeps the list. */
  public SharePage {
    links = List.copyOf(links);
  }

  /** A link that still opens. */
  public record Made(String id, String at, String by, String reason, String end) {}
}
