/** Tests. */
@NullMarked
package io.armwise.service.experiment;

import org.jspecify.annotations.NullMarked;
