package io.armwise.service.dashboard.flag;

import io.armwise.service.dashboard.Shell;
import java.util.List;

/** The list of feature flags. */
public record FlagListPage(Shell shell, List<FlagRow> flags) {
  /** Keeps the list. */
  public FlagListPage {
    flags = List.copyOf(flags);
  }
}
