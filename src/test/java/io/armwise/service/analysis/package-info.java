/** Tests. */
@NullMarked
package io.armwise.service.analysis;

import org.jspecify.annotations.NullMarked;
