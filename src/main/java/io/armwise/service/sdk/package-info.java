/** What clients that decide by themselves need: the snapshot, and word of its changes. */
@NullMarked
package io.armwise.service.sdk;

import org.jspecify.annotations.NullMarked;
