/** Replays of logged data and the demo, both through the public HTTP API. */
@NullMarked
package io.armwise.service.replay;

import org.jspecify.annotations.NullMarked;
