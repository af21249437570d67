package io.armwise.service.ofrep;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.platform.security.Role;
import io.armwise.service.testing.JsonClient;
import io.armwise.service.testing.JsonClient.Answer;
import io.armwise.service.testing.ServiceUnderTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stream of change notices, and what browsers ask for before they read anything. */
@Timeout(120)
class EventStreamIT {
  private static final String ORIGIN = "https://shop.example";
  private static final ServiceUnderTest SERVICE = start();
  private static final FlagExperiments FLAGS = new FlagExperiments(SERVICE);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static ServiceUnderTest start() {
    System.setProperty("armwise.ofrep.allowed-origins", "https://other.example," + ORIGIN);
    System.setProperty("armwise.ofrep.heartbeat", "1s");
    try {
      return ServiceUnderTest.start(EventStreamIT.class);
    } finally {
      System.clearProperty("armwise.ofrep.allowed-origins");
      System.clearProperty("armwise.ofrep.heartbeat");
    }
  }

  @BeforeAll
  static void startExperiment() {
    FLAGS.start("color", "\"red\"", "\"blue\"");
  }

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  private static Answer bulk() {
    return client()
        .post("/ofrep/v1/evaluate/flags", "{\"context\": {\"targetingKey\": \"u\"}}")
        .expect(200);
  }

  private static JsonClient client() {
    return SERVICE.client().as(SERVICE.newKey(Role.SERVE));
  }

  private static String streamPath() {
    Answer answer = bulk();
    assertThat(answer.json().at("/eventStreams/0/type").asText()).isEqualTo("sse");
    assertThat(answer.json().at("/eventStreams/0/inactivityDelaySec").asInt()).isEqualTo(120);
    return answer.json().at("/eventStreams/0/endpoint/requestUri").asText();
  }

  private static BufferedReader listen(String path, String... headers)
      throws IOException, InterruptedException {
    URI address = SERVICE.address().resolve(path);
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    if (headers.length > 0) {
      request.headers(headers);
    }
    var response =
        HTTP.send(
            request.header("Accept", "text/event-stream").build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  /** The lines of the next event. */
  private static List<String> next(BufferedReader stream) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = stream.readLine(); line != null && !line.isEmpty(); ) {
      lines.add(line);
      line = stream.readLine();
    }
    return lines;
  }

  /** The next event that a provider listens to. */
  private static List<String> nextMessage(BufferedReader stream) throws IOException {
    List<String> event = next(stream);
    while (!event.contains("event: message")) {
      assertThat(event).as("the stream goes on").isNotEmpty();
      event = next(stream);
    }
    return event;
  }

  @Test
  void tellsThatAnExperimentHasChanged() throws Exception {
    FLAGS.start("paused-soon", "1", "2");
    try (BufferedReader stream = listen(streamPath())) {
      FLAGS.act("paused-soon", "pause");
      List<String> notice = nextMessage(stream);
      assertThat(notice)
          .anySatisfy(line -> assertThat(line).matches("id: [0-9]+"))
          .anySatisfy(
              line ->
                  assertThat(line)
                      .matches(
                          "data: \\{\"type\":\"refetchEvaluation\",\"etag\":\"[0-9]+\","
                              + "\"lastModified\":[0-9]+}"));
    }
  }

  @Test
  void givesSignsOfLife() throws Exception {
    try (BufferedReader stream = listen(streamPath())) {
      List<String> event = next(stream);
      while (!event.contains("event: heartbeat")) {
        assertThat(event).as("the stream goes on").isNotEmpty();
        event = next(stream);
      }
      assertThat(event).contains("data: {\"type\":\"heartbeat\"}");
    }
  }

  @Test
  void tellsAClientThatComesBackWhatItHasMissed() throws Exception {
    try (BufferedReader stream = listen(streamPath(), "Last-Event-ID", "0")) {
      assertThat(next(stream)).contains("event: message");
    }
  }

  @Test
  void opensToSignedAddressesOnly() {
    String path = streamPath();
    for (String wrong :
        List.of(
            "/ofrep/v1/events",
            "/ofrep/v1/events?token=",
            "/ofrep/v1/events?token=1.abc",
            path.substring(0, path.length() - 1) + (path.endsWith("A") ? "B" : "A"),
            path.replaceFirst("token=[0-9]+", "token=1"))) {
      Answer refused = client().get(wrong).expect(401);
      assertThat(refused.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(refused.json().path("errorDetails").asText()).isNotEmpty();
    }
  }

  @Test
  void keepsTheAddressWhileFlagsAreFetchedAgain() {
    // Two addresses in a row differ only where an hour ends between them; three cannot all differ.
    List<String> paths = List.of(streamPath(), streamPath(), streamPath());
    assertThat(paths.get(0).equals(paths.get(1)) || paths.get(1).equals(paths.get(2))).isTrue();
  }

  @Test
  void letsPagesOfAllowedOriginsAskAndRead() throws Exception {
    HttpResponse<String> preflight = preflight(ORIGIN);
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().allValues("Access-Control-Allow-Origin"))
        .containsExactly(ORIGIN);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
        .contains("POST");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .contains("content-type", "authorization", "x-api-key", "if-none-match");
    for (String key : new String[] {SERVICE.newKey(Role.SERVE), "nonsense"}) {
      Answer answer =
          SERVICE
              .client()
              .as(key)
              .post(
                  "/ofrep/v1/evaluate/flags",
                  "{\"context\": {\"targetingKey\": \"u\"}}",
                  "Origin",
                  ORIGIN);
      assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly(ORIGIN);
      assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
          .contains("ETag", "Retry-After");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
    }
  }

  @Test
  void leavesPagesOfOtherOriginsOut() throws Exception {
    HttpResponse<String> preflight = preflight("https://evil.example");
    assertThat(preflight.statusCode()).isEqualTo(403);
    assertThat(preflight.body()).contains("errorDetails");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    Answer answer =
        client()
            .post(
                "/ofrep/v1/evaluate/flags",
                "{\"context\": {\"targetingKey\": \"u\"}}",
                "Origin",
                "https://evil.example")
            .expect(200);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  private static HttpResponse<String> preflight(String origin)
      throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(SERVICE.address().resolve("/ofrep/v1/evaluate/flags"))
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "content-type,authorization")
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
