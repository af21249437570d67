/**
 * Decides in the caller's process, by the service's own classes, from a snapshot that is kept fresh
 * in the background. {@link io.armwise.client.ArmwiseClient} is where to start.
 */
@NullMarked
package io.armwise.client;

import org.jspecify.annotations.NullMarked;
