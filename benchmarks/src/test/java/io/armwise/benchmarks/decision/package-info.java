/** Whole decisions in process, beside those of other people's clients. */
@NullMarked
package io.armwise.benchmarks.decision;

import org.jspecify.annotations.NullMarked;
