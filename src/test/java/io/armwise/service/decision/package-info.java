/** Tests. */
@NullMarked
package io.armwise.service.decision;

import org.jspecify.annotations.NullMarked;
