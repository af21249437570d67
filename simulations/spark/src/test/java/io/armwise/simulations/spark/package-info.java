/** Spark in this process against the thread pool. */
@NullMarked
package io.armwise.simulations.spark;

import org.jspecify.annotations.NullMarked;
