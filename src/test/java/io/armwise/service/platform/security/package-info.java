/** Tests. */
@NullMarked
package io.armwise.service.platform.security;

import org.jspecify.annotations.NullMarked;
