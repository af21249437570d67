package io.armwise.service.dashboard.flag;

import io.armwise.service.dashboard.Shell;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A flag's page.
 *
 * @param versions newest first
 * @param done what the person has just done, if anything
 * @param error why that was refused
 */
public record FlagPage(
    Shell shell,
    FlagRow flag,
    List<VersionRow> versions,
    @Nullable String done,
    @Nullable String error) {

  /** Keeps the list. */
  public FlagPage {
    versions = List.copyOf(versions);
  }

  /** Whether it can be switched, and by this person. */
  public boolean isSwitchable() {
    return shell.mayChange() && flag.status() != FlagRow.Status.EXPERIMENT;
  }

  /** Whether it serves its variants now. */
  public boolean isOn() {
    return flag.status() == FlagRow.Status.ON;
  }

  /**
   * A change.
   *
   * @param definition afterwards, as JSON
   */
  public record VersionRow(
      String version,
      String at,
      String time,
      String actor,
      String action,
      @Nullable String reason,
      @Nullable String definition) {}
}
