/** What a design promises before it is launched. */
@NullMarked
package io.armwise.simulations.certificate;

import org.jspecify.annotations.NullMarked;
