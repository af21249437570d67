@NullMarked
package io.armwise.bandits.assignment;

import org.jspecify.annotations.NullMarked;
