/** Experiments as people write them: definition, lifecycle, audit. */
@NullMarked
package io.armwise.service.experiment;

import org.jspecify.annotations.NullMarked;
