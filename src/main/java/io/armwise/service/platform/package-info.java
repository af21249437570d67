/** Wiring: configuration, errors, security, metrics, embedded servers. */
@NullMarked
package io.armwise.service.platform;

import org.jspecify.annotations.NullMarked;
