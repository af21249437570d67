package io.armwise.service.dashboard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds every page.
 *
 * @param title of the page
 * @param user who is logged in, if anybody
 * @param mayChange whether that person may change experiments
 * @param token that the page's forms send back
 * @param scripts names of the scripts that the page can do without
 * @param asOf when the page was made; empty where nothing on it has a time
 * @param behind how long this node has not seen a change, where that is worth saying; else empty
 */
public record Shell(
    String title,
    @Nullable String user,
    boolean mayChange,
    String token,
    List<String> scripts,
    String asOf,
    String behind) {

  /** Keeps the list. */
  public Shell {
    scripts = List.copyOf(scripts);
  }

  /** A page that anybody may see. */
  static Shell open(String title, String... scripts) {
    return new Shell(title, null, false, "", List.of(scripts), "", "");
  }
}
