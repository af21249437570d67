@NullMarked
package io.armwise.bandits.allocation;

import org.jspecify.annotations.NullMarked;
