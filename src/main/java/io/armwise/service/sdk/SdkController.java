package io.armwise.service.sdk;

import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.Role;
import io.armwise.service.sdk.SdkSnapshots.Written;
import io.armwise.service.sdk.SdkStream.Notice;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.sse.Event;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** For clients that decide by themselves. Runs on the event loop: nothing waits. Thread-safe. */
@Controller("/v1/sdk")
@Tag(name = "Local evaluation")
final class SdkController {
  private final SdkSnapshots snapshots;
  private final SdkStream stream;

  SdkController(SdkSnapshots snapshots, SdkStream stream) {
    this.snapshots = snapshots;
    this.stream = stream;
  }

  @Get("/snapshot")
  @Access(Role.SERVE)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "All that decisions depend on, for a client that decides by itself",
      description = "The header 'Age' tells since when the node could not ask for changes.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = SdkDocument.class)))
  @ApiResponse(responseCode = "304", description = "Nothing has changed")
  HttpResponse<byte[]> snapshot(@Header(HttpHeaders.IF_NONE_MATCH) @Nullable String known) {
    Written now = snapshots.current();
    MutableHttpResponse<byte[]> answer =
        matches(known, now.etag()) ? HttpResponse.notModified() : HttpResponse.ok(now.json());
    return answer
        .header(HttpHeaders.ETAG, now.etag())
        .header(HttpHeaders.AGE, String.valueOf(snapshots.age().toSeconds()))
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache");
  }

  /** By the weak comparison of RFC 9110, section 13.1.2; what is no tag matches nothing. */
  static boolean matches(@Nullable String header, String etag) {
    return header != null
        && Arrays.stream(header.split(",", -1))
            .map(String::strip)
            .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
            .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
  }

  @Get("/stream")
  @Access(Role.SERVE)
  @Produces(MediaType.TEXT_EVENT_STREAM)
  @Operation(
      summary = "Word of each change of the snapshot, as server-sent events",
      description =
          "An event 'snapshot' names the ETag of the newest snapshot, at first the one in force;"
              + " an event 'heartbeat' is a sign of life.")
  Flux<Event<Notice>> stream() {
    return stream.open();
  }
}
