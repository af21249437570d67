/** Tests. */
@NullMarked
package io.armwise.service.platform;

import org.jspecify.annotations.NullMarked;
