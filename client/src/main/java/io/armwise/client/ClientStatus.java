package io.armwise.client;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a client is.
 *
 * @param sequence number of the newest change in its snapshot; −1 without one
 * @param age since when it is not known to be the newest; null without a snapshot
 * @param stale whether that is too long ago, or there is none
 * @param unsupported experiments that it cannot decide, for want of a compiler for their conditions
 * @param queued events that wait to be stored
 * @param stored events that the service has stored
 * @param refused events that the service did not accept
 * @param dropped events that were lost because the queue was full or the client closed
 * @param lastFailure the last thing that went wrong with the service; null if nothing has
 */
public record ClientStatus(
    long sequence,
    @Nullable Duration age,
    boolean stale,
    List<String> unsupported,
    long queued,
    long stored,
    long refused,
    long dropped,
    @Nullable String lastFailure) {}
