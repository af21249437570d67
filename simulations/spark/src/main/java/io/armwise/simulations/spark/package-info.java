/** The blocks of a suite as tasks of a Spark cluster. */
@NullMarked
package io.armwise.simulations.spark;

import org.jspecify.annotations.NullMarked;
