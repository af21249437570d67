package io.armwise.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The three things that a client asks of a service. Thread-safe. */
final class ServiceConnection {
  private final URI address;
  private final String key;
  private final Duration patience;
  private final HttpClient http;

  ServiceConnection(URI address, String key, Duration patience) {
    // So that a path in the address is kept.
    String text = address.toString();
    this.address = URI.create(text.endsWith("/") ? text : text + "/");
    this.key = key;
    this.patience = patience;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience)
            .build();
  }

  /** What the service says about the snapshot. */
  sealed interface Fetched {
    /**
     * A snapshot.
     *
     * @param age since when the service's node could not ask for changes itself
     */
    record Changed(String json, String etag, Duration age) implements Fetched {}

    /** The one that is known. */
    record Unchanged(Duration age) implements Fetched {}
  }

  /** Asks for the snapshot. */
  Fetched snapshot(@Nullable String knownEtag) throws IOException, InterruptedException {
    HttpRequest.Builder request = request("v1/sdk/snapshot").timeout(patience).GET();
    if (knownEtag != null) {
      request.header("If-None-Match", knownEtag);
    }
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    Duration age = Duration.ofSeconds(answer.headers().firstValueAsLong("Age").orElse(0));
    return switch (answer.statusCode()) {
      case 200 ->
          new Fetched.Changed(answer.body(), answer.headers().firstValue("ETag").orElse(""), age);
      case 304 -> new Fetched.Unchanged(age);
      default -> throw new IOException("the service answers " + summary(answer));
    };
  }

  /** Opens the stream of changes; its lines go to the subscriber. */
  CompletableFuture<HttpResponse<Void>> stream(Flow.Subscriber<String> lines) {
    HttpRequest request =
        request("v1/sdk/stream").header("Accept", "text/event-stream").GET().build();
    return http.sendAsync(
        request,
        answer ->
            answer.statusCode() == 200
                ? HttpResponse.BodySubscribers.fromLineSubscriber(lines)
                : HttpResponse.BodySubscribers.replacing(null));
  }

  /** Sends a batch of events. */
  HttpResponse<String> events(String json) throws IOException, InterruptedException {
    return http.send(
        request("v1/events")
            .timeout(patience)
            .header("Content-Type", "application/cloudevents-batch+json")
            .POST(BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).header("Authorization", "Bearer " + key);
  }

  static String summary(HttpResponse<String> answer) {
    String body = answer.body();
    return answer.statusCode() + " " + body.substring(0, Math.min(200, body.length()));
  }
}
