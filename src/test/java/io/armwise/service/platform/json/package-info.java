/** Tests. */
@NullMarked
package io.armwise.service.platform.json;

import org.jspecify.annotations.NullMarked;
