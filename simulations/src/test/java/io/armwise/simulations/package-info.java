@NullMarked
package io.armwise.simulations;

import org.jspecify.annotations.NullMarked;
