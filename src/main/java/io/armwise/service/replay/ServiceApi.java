package io.armwise.service.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.platform.json.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The service's public API as its callers see it. Thread-safe. */
final class ServiceApi {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final URI address;
  private final String key;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /**
   * @param address of the service, without a path
   * @param key an API key with the role admin
   */
  ServiceApi(URI address, String key) {
    this.address = address;
    this.key = key;
  }

  /** The service has refused a request, or cannot be reached. */
  static final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ServiceException(String message) {
      super(message, null, false, false);
    }
  }

  /** Whether a service answers at this address. */
  static boolean answers(URI address) {
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(address.resolve("/health/liveness"))
              .timeout(Duration.ofSeconds(5))
              .build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Creates and starts an experiment, or finds it as an earlier call has left it.
   *
   * @param definition the document to create it from
   * @return whether it is new
   */
  boolean start(String experiment, Map<String, Object> definition) {
    HttpResponse<String> created = send(post("/v1/experiments", StrictJson.write(definition)));
    boolean isNew = created.statusCode() == 201;
    if (!isNew && created.statusCode() != 409) {
      throw refused("POST /v1/experiments", created);
    }
    if (isNew || read(experiment).path("status").asText().equals("draft")) {
      require(200, post("/v1/experiments/" + experiment + "/start", "{}"));
    }
    return isNew;
  }

  /** An experiment. */
  JsonNode read(String experiment) {
    return require(200, get("/v1/experiments/" + experiment));
  }

  /** When an experiment was started. */
  Instant startedAt(String experiment) {
    return Instant.parse(read(experiment).path("startedAt").asText());
  }

  /** What the evidence says now. */
  JsonNode report(String experiment) {
    return require(200, get("/v1/experiments/" + experiment + "/report"));
  }

  /** Decisions for some units of one experiment, in their order. */
  JsonNode decide(String experiment, List<String> units) {
    String body = StrictJson.write(Map.of("experiment", experiment, "units", units));
    return require(200, post("/v1/decisions", body)).path("decisions");
  }

  /**
   * Sends events; when this returns the log has them all.
   *
   * @param events a JSON array
   * @throws ServiceException if an event is rejected
   */
  void send(String events) {
    JsonNode receipt = require(202, post("/v1/events", events));
    JsonNode rejected = receipt.path("rejected").path(0);
    if (!rejected.isMissingNode()) {
      throw new ServiceException(
          "%d events of a batch were rejected; the first: %s %s, got %s"
              .formatted(
                  receipt.path("rejected").size(),
                  rejected.path("field").asText(),
                  rejected.path("rule").asText(),
                  rejected.path("value").asText()));
    }
  }

  private HttpRequest get(String path) {
    return request(path).GET().build();
  }

  private HttpRequest post(String path, String body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + key);
  }

  private JsonNode require(int status, HttpRequest request) {
    HttpResponse<String> response = send(request);
    if (response.statusCode() != status) {
      throw refused(request.method() + " " + request.uri().getPath(), response);
    }
    return StrictJson.tree(response.body());
  }

  private static ServiceException refused(String what, HttpResponse<String> response) {
    return new ServiceException(
        what + " was answered with " + response.statusCode() + ": " + response.body());
  }

  /**
   * Repeats what did not get through: everything that is sent here may be sent twice, since events
   * carry their ids and an experiment is created once.
   */
  private HttpResponse<String> send(HttpRequest request) {
    Instant end = Instant.now().plus(PATIENCE);
    Duration pause = Duration.ofMillis(100);
    while (true) {
      String failure;
      try {
        HttpResponse<String> response =
            http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (response.statusCode() != 503) {
          return response;
        }
        failure = response.body();
      } catch (IOException e) {
        failure = String.valueOf(e.getMessage() == null ? e : e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ServiceException("interrupted");
      }
      if (Instant.now().isAfter(end)) {
        throw new ServiceException("The service at " + address + " does not answer: " + failure);
      }
      LockSupport.parkNanos(pause.toNanos());
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
  }
}
