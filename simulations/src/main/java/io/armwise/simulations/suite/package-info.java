/** Suites: what a file describes, run as cells, written as tables. */
@NullMarked
package io.armwise.simulations.suite;

import org.jspecify.annotations.NullMarked;
