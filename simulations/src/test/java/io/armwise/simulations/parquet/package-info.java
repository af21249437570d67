/** Parquet files read by another program. */
@NullMarked
package io.armwise.simulations.parquet;

import org.jspecify.annotations.NullMarked;
