/** Layers and holdouts, for people: who may take part in what, and who in nothing. */
@NullMarked
package io.armwise.service.dashboard.layer;

import org.jspecify.annotations.NullMarked;
