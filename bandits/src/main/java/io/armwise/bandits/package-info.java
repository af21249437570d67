/**
 * Decisions about experiments. Pure and deterministic: time and random streams come in as
 * arguments.
 */
@NullMarked
package io.armwise.bandits;

import org.jspecify.annotations.NullMarked;
