/**
 * Experiments in worlds whose truth is known, run with the service's own policies and inference.
 */
@NullMarked
package io.armwise.simulations;

import org.jspecify.annotations.NullMarked;
