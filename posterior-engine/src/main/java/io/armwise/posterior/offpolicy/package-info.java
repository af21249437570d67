/**
 * Off-policy evaluation: what would another policy have earned on the decisions that were logged?
 * Every logged decision carries the probability with which it was made.
 */
@NullMarked
package io.armwise.posterior.offpolicy;

import org.jspecify.annotations.NullMarked;
