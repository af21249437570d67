/**
 * Which units see which arm: frozen hashes, stage salts, layers, traffic and consistent weighted
 * sampling.
 */
@NullMarked
package io.armwise.bandits.assignment;

import org.jspecify.annotations.NullMarked;
