package io.armwise.service.ofrep;

import io.armwise.service.ofrep.EventStreams.Notice;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.platform.security.Open;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.sse.Event;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** Change notices as server-sent events; the address comes with a bulk answer. Thread-safe. */
@Controller(EventStreamController.PATH)
@Open
@Tag(name = "OpenFeature")
final class EventStreamController {
  static final String PATH = "/ofrep/v1/events";

  private final EventStreams streams;
  private final StreamTokens tokens;

  EventStreamController(EventStreams streams, StreamTokens tokens) {
    this.streams = streams;
    this.tokens = tokens;
  }

  @Get
  @Produces(MediaType.TEXT_EVENT_STREAM)
  @Operation(
      summary = "Be told when flags may have changed",
      description = "Server-sent events; the token is part of the address in a bulk answer.")
  HttpResponse<Publisher<Event<Notice>>> events(
      @Nullable @QueryValue String token, @Nullable @Header("Last-Event-ID") String lastEventId) {
    if (token == null || !tokens.isValid(token)) {
      throw new ProblemException(
          ProblemCode.UNAUTHENTICATED,
          "The stream's address has ended; evaluate all flags to get a new one.");
    }
    return HttpResponse.<Publisher<Event<Notice>>>ok(streams.open(lastEventId))
        .header("Cache-Control", "no-store")
        // Some proxies hold answers back until they are complete; this tells them not to.
        .header("X-Accel-Buffering", "no");
  }
}
