/** Tests of the verdicts. */
@NullMarked
package io.armwise.bandits.verdict;

import org.jspecify.annotations.NullMarked;
