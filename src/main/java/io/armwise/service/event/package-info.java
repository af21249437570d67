/** Exposures and outcomes: how they are understood, and how they enter the log. */
@NullMarked
package io.armwise.service.event;

import org.jspecify.annotations.NullMarked;
