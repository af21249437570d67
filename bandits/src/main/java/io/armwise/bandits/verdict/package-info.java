/** What an experiment's numbers allow a person to do. */
@NullMarked
package io.armwise.bandits.verdict;

import org.jspecify.annotations.NullMarked;
