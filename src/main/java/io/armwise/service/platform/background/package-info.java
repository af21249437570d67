/** Long computations beside the request path. */
@NullMarked
package io.armwise.service.platform.background;

import org.jspecify.annotations.NullMarked;
