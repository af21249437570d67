@NullMarked
package io.armwise.bandits;

import org.jspecify.annotations.NullMarked;
