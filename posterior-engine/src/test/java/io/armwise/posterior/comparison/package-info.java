/** Tests of the comparison of arms. */
@NullMarked
package io.armwise.posterior.comparison;

import org.jspecify.annotations.NullMarked;
