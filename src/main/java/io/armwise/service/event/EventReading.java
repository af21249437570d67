package io.armwise.service.event;

import io.armwise.bandits.experiment.Violation;

/** An event, or why it cannot be understood. */
public sealed interface EventReading {
  /** The event is understood. */
  record Understood(Event event) implements EventReading {}

  /**
   * The event is refused.
   *
   * @param code stable, for machines
   * @param violation the field at fault, its rule and its value
   */
  record Refused(RejectionCode code, Violation violation) implements EventReading {}
}
