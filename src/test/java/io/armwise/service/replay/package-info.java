/** Tests. */
@NullMarked
package io.armwise.service.replay;

import org.jspecify.annotations.NullMarked;
