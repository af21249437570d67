package io.armwise.service.platform.security;

import java.util.Locale;

/** What a caller may do. {@link #ADMIN} includes all others. */
public enum Role {
  /** Ask for decisions. */
  SERVE,
  /** Send exposures, outcomes and retractions. */
  INGEST,
  /** Read experiments, reports and the dashboard. */
  READ,
  /** Change experiments and keys. */
  ADMIN;

  /** The role as it stands in JSON. */
  public String json() {
    return name().toLowerCase(Locale.ROOT);
  }
}
