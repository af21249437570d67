/** When an experiment stops and what it then claims. */
@NullMarked
package io.armwise.simulations.rule;

import org.jspecify.annotations.NullMarked;
