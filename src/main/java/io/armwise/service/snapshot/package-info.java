/** What a node knows in memory: the started experiments with their allocations in force. */
@NullMarked
package io.armwise.service.snapshot;

import org.jspecify.annotations.NullMarked;
