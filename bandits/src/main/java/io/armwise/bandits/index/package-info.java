/** Bernoulli information: divergence, upper-confidence index, regret and best-arm constants. */
@NullMarked
package io.armwise.bandits.index;

import org.jspecify.annotations.NullMarked;
