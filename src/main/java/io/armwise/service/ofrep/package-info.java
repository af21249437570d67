/** Decisions as feature flags, for any OpenFeature provider: the remote evaluation protocol. */
@NullMarked
package io.armwise.service.ofrep;

import org.jspecify.annotations.NullMarked;
