@NullMarked
package io.armwise.simulations.random;

import org.jspecify.annotations.NullMarked;
