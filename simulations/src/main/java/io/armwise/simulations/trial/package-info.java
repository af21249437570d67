/** One experiment from its first decision to its last, and what came of it. */
@NullMarked
package io.armwise.simulations.trial;

import org.jspecify.annotations.NullMarked;
