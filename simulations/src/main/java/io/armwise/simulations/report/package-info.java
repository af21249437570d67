/** Results as one page that a person reads. */
@NullMarked
package io.armwise.simulations.report;

import org.jspecify.annotations.NullMarked;
