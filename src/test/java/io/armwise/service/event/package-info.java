/** Tests. */
@NullMarked
package io.armwise.service.event;

import org.jspecify.annotations.NullMarked;
