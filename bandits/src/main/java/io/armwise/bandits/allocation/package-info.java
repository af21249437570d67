/**
 * How traffic is shared among arms: policies as data, constraints, and integer shares that sum to
 * exactly 2³².
 */
@NullMarked
package io.armwise.bandits.allocation;

import org.jspecify.annotations.NullMarked;
