/** Tests. */
@NullMarked
package io.armwise.service.rejected;

import org.jspecify.annotations.NullMarked;
