/** Conditions on attributes as pure values, which every client can evaluate alike. */
@NullMarked
package io.armwise.bandits.condition;

import org.jspecify.annotations.NullMarked;
