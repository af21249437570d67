/** Tests. */
@NullMarked
package io.armwise.service.learning;

import org.jspecify.annotations.NullMarked;
