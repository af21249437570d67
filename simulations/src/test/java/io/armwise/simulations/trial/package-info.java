@NullMarked
package io.armwise.simulations.trial;

import org.jspecify.annotations.NullMarked;
