@NullMarked
package io.armwise.simulations.world;

import org.jspecify.annotations.NullMarked;
