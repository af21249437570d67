/** The researcher's commands. */
@NullMarked
package io.armwise.service.simulation;

import org.jspecify.annotations.NullMarked;
