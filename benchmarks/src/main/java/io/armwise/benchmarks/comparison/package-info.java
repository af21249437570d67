/** What a comparison of arms costs: quadrature beside sampling. */
@NullMarked
package io.armwise.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
