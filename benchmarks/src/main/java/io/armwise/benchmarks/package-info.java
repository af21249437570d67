/** Benchmarks: inputs seeded, sizes as parameters, one workload without flags. */
@NullMarked
package io.armwise.benchmarks;

import org.jspecify.annotations.NullMarked;
