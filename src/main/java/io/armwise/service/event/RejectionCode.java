package io.armwise.service.event;

import java.util.Locale;

/** Every way an event can be refused. */
public enum RejectionCode {
  /** Not JSON, or not an object. */
  MALFORMED,
  /** A field breaks its rule. */
  INVALID_FIELD,
  /** A field does not exist. */
  UNKNOWN_FIELD,
  /** The type is not one of ours. */
  UNKNOWN_TYPE,
  /** Larger than the limit. */
  TOO_LARGE,
  /** The time is too far in the future. */
  FUTURE_TIME,
  /** The decision token does not parse. */
  MALFORMED_TOKEN,
  /** The decision token was not signed by this service. */
  FORGED_TOKEN,
  /** No such experiment. */
  UNKNOWN_EXPERIMENT,
  /** The experiment has no such arm. */
  UNKNOWN_ARM,
  /** The experiment has not started or has been stopped. */
  NOT_LEARNING,
  /** The experiment has no such metric. */
  UNKNOWN_METRIC,
  /** The value does not fit the metric's kind. */
  WRONG_KIND,
  /** With unit request the event must say which arm it is about. */
  MISSING_ARM,
  /** The unit has too many outcomes. */
  TOO_MANY_OUTCOMES,
  /** Requests are counted without being kept, so nothing of them can be taken back. */
  NOT_RETRACTABLE;

  /** The code as it stands in JSON. */
  public String json() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
