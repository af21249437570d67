/** Events that were refused: what they were, why, and sending them again. */
@NullMarked
package io.armwise.service.rejected;

import org.jspecify.annotations.NullMarked;
