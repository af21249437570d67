@NullMarked
package io.armwise.bandits.index;

import org.jspecify.annotations.NullMarked;
