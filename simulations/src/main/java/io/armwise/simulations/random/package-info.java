/** Keyed random streams and exact samplers. */
@NullMarked
package io.armwise.simulations.random;

import org.jspecify.annotations.NullMarked;
