/** Tests of the way from a unit to its arm. */
@NullMarked
package io.armwise.bandits.decision;

import org.jspecify.annotations.NullMarked;
