@NullMarked
package io.armwise.simulations.certificate;

import org.jspecify.annotations.NullMarked;
