/** How many events a running service counts per second, beside what bounds it. */
@NullMarked
package io.armwise.benchmarks.throughput;

import org.jspecify.annotations.NullMarked;
