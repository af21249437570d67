/** Wiring of the service as a whole. */
@NullMarked
package io.armwise.service.platform;

import org.jspecify.annotations.NullMarked;
