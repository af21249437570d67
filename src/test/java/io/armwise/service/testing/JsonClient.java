package io.armwise.service.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Talks to the service as any program would: JSON over HTTP. Immutable and thread-safe.
 *
 * @param key null to come without one
 */
public record JsonClient(URI address, @Nullable String key) {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * An answer.
   *
   * @param json missing if the body is empty or not JSON
   */
  public record Answer(int status, HttpHeaders headers, String text, JsonNode json) {
    /** The problem's code, empty for an answer that is none. */
    public String code() {
      return json.path("code").asText();
    }

    /** The first field at fault as {@code field | rule | value}. */
    public String firstError() {
      JsonNode error = json.path("errors").path(0);
      return error.path("field").asText()
          + " | "
          + error.path("rule").asText()
          + " | "
          + error.path("value").asText();
    }

    /** This, if the status is the expected one. */
    public Answer expect(int expected) {
      if (status != expected) {
        throw new AssertionError("expected status " + expected + ", got " + status + ": " + text);
      }
      return this;
    }
  }

  /** The same address with another key. */
  public JsonClient as(@Nullable String otherKey) {
    return new JsonClient(address, otherKey);
  }

  public Answer get(String path) {
    return send(request(path).GET().build());
  }

  public Answer delete(String path) {
    return send(request(path).DELETE().build());
  }

  /** Posts without a body. */
  public Answer post(String path) {
    return send(request(path).POST(BodyPublishers.noBody()).build());
  }

  /** Posts {@code body} as JSON; a string is taken as JSON text. */
  public Answer post(String path, Object body, String... headers) {
    HttpRequest.Builder builder = request(path).POST(publisher(body));
    builder.header("Content-Type", "application/json");
    return send(with(builder, headers).build());
  }

  /** Puts {@code body} as JSON; headers are names and values in turn. */
  public Answer put(String path, Object body, String... headers) {
    HttpRequest.Builder builder = request(path).PUT(publisher(body));
    builder.header("Content-Type", "application/json");
    return send(with(builder, headers).build());
  }

  /** How many units the report of an experiment has, of all arms. */
  public int units(String experiment) {
    int units = 0;
    for (JsonNode arm :
        get("/v1/experiments/" + experiment + "/report").expect(200).json().path("arms")) {
      units += arm.path("units").asInt();
    }
    return units;
  }

  private static HttpRequest.Builder with(HttpRequest.Builder builder, String... headers) {
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE);
    return key == null ? builder : builder.header("Authorization", "Bearer " + key);
  }

  private static HttpRequest.BodyPublisher publisher(Object body) {
    try {
      return BodyPublishers.ofString(
          body instanceof String text ? text : MAPPER.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response =
          HTTP.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(
          response.statusCode(), response.headers(), response.body(), json(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(request + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during " + request, e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return text.isEmpty() ? MissingNode.getInstance() : MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
