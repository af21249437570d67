@NullMarked
package io.armwise.simulations.suite;

import org.jspecify.annotations.NullMarked;
