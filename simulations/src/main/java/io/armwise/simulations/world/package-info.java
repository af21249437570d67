/** Worlds with known truth: what outcomes arms have, and how they reach the evidence. */
@NullMarked
package io.armwise.simulations.world;

import org.jspecify.annotations.NullMarked;
