/**
 * The whole way from a unit to its arm: one pure procedure over an immutable compiled form of the
 * experiments, the same for the service, its clients, explanations and replays.
 */
@NullMarked
package io.armwise.bandits.decision;

import org.jspecify.annotations.NullMarked;
