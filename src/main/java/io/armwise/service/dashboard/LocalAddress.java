package io.armwise.service.dashboard;

import org.jspecify.annotations.Nullable;

/** Keeps a login from sending people to another site. Pure. */
final class LocalAddress {
  private static final String HOME = "/";
  private static final int LONGEST = 500;

  private LocalAddress() {}

  /**
   * {@code wanted} if every browser takes it for a path on this host, else the front page. Browsers
   * read {@code //} and {@code /\} as the start of a host, and drop control characters first.
   */
  static String or(@Nullable String wanted) {
    if (wanted == null || wanted.length() > LONGEST || !wanted.startsWith("/")) {
      return HOME;
    }
    boolean plain =
        wanted.chars().allMatch(c -> c > ' ' && c < 0x7f && "\\\"<>^`{|}".indexOf(c) < 0);
    return plain && !wanted.startsWith("//") ? wanted : HOME;
  }
}
