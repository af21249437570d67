/** How traffic is divided: the service's own rules and the textbook's. */
@NullMarked
package io.armwise.simulations.policy;

import org.jspecify.annotations.NullMarked;
