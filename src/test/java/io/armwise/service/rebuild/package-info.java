/** Tests. */
@NullMarked
package io.armwise.service.rebuild;

import org.jspecify.annotations.NullMarked;
