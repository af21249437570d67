package io.armwise.service.evidence;

import java.util.Locale;

/** What is counted about events, per experiment, hour and partition. */
public enum EventCount {
  /** Exposures; with units that return, repeats among them, which change nothing. */
  EXPOSURES,
  /** Outcomes that were new. */
  OUTCOMES,
  /** Outcomes, and exposures of requests, that had been counted before. */
  DUPLICATES,
  /** Retractions, repeats among them. */
  RETRACTIONS,
  /** Outcomes of a metric that no running experiment measures. */
  UNMEASURED,
  /** Outcomes of a request after its attribution window. */
  LATE,
  /** Events that were refused. */
  REJECTED;

  /** As the database and people write it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
