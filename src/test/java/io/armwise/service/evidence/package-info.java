/** Tests. */
@NullMarked
package io.armwise.service.evidence;

import org.jspecify.annotations.NullMarked;
