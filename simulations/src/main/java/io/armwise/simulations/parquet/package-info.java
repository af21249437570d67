/** Tables as Parquet files. */
@NullMarked
package io.armwise.simulations.parquet;

import org.jspecify.annotations.NullMarked;
