package io.armwise.service.ofrep;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the protocol answers about all flags.
 *
 * @param flags by key
 * @param metadata about the whole
 * @param eventStreams where changes are told
 */
@Schema(name = "Flags")
record BulkResult(
    @ArraySchema(schema = @Schema(oneOf = {FlagResult.Evaluated.class, FlagResult.Failed.class}))
        List<FlagResult> flags,
    SnapshotMetadata metadata,
    List<StreamLink> eventStreams) {

  /**
   * About the knowledge that the answer rests on.
   *
   * @param sequence number of the newest change in it
   * @param stale whether it is older than it should be
   */
  @Schema(name = "FlagSetMetadata")
  record SnapshotMetadata(long sequence, boolean stale) {}

  /**
   * A stream of change notices: an absolute address, or a path below the origin that was asked.
   *
   * @param inactivityDelaySec how long a page may be out of sight before it should hang up
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "EventStream")
  record StreamLink(
      String type, @Nullable String url, @Nullable Endpoint endpoint, int inactivityDelaySec) {}

  /** A path below the origin that was asked. */
  @Schema(name = "EventStreamEndpoint")
  record Endpoint(String requestUri) {}
}
