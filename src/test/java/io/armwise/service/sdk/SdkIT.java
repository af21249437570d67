package io.armwise.service.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.platform.security.Role;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.JsonClient;
import io.armwise.service.testing.ServiceUnderTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SdkIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(SdkIT.class);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void startExperiments() {
    EventMaps.start(
        SERVICE.client(),
        EventMaps.experiment("running", "user", EventMaps.metric("m", "binary"), Map.of()));
    SERVICE
        .client()
        .post(
            "/v1/experiments",
            EventMaps.experiment("draft", "user", EventMaps.metric("m", "binary"), Map.of()))
        .expect(201);
  }

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(SERVICE.address().resolve(path))
        .header("Authorization", "Bearer " + SERVICE.newKey(Role.SERVE));
  }

  private static HttpResponse<String> snapshot(String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request("/v1/sdk/snapshot");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void hasAllThatDecisionsDependOnAndNoDraft() {
    JsonClient client = SERVICE.client().as(SERVICE.newKey(Role.SERVE));
    JsonNode snapshot = client.get("/v1/sdk/snapshot").expect(200).json();
    assertThat(snapshot.path("format").asInt()).isEqualTo(1);
    assertThat(snapshot.path("epoch").asText()).hasSize(36);
    assertThat(snapshot.path("experiments").findValuesAsText("key"))
        .contains("running")
        .doesNotContain("draft");
    JsonNode running = snapshot.path("experiments").path(0);
    assertThat(running.path("arms").path(1).path("payload")).isEqualTo(json("color", "green"));
    assertThat(running.path("shares").path(0).asLong() + running.path("shares").path(1).asLong())
        .isEqualTo(1L << 32);
  }

  private static JsonNode json(String name, String value) {
    return StrictJson.toTree(Map.of(name, value));
  }

  @Test
  void answersWithNothingWhereNothingHasChanged() throws IOException, InterruptedException {
    HttpResponse<String> first = snapshot();
    String etag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(first.headers().firstValue("Age")).hasValue("0");
    assertThat(etag).startsWith("\"").endsWith("\"");
    for (String known : List.of(etag, "W/" + etag, "\"other\", " + etag, "*")) {
      HttpResponse<String> second = snapshot("If-None-Match", known);
      assertThat(second.statusCode()).as(known).isEqualTo(304);
      assertThat(second.body()).isEmpty();
      assertThat(second.headers().firstValue("ETag")).hasValue(etag);
    }
  }

  @Test
  void sendsAllToWhoeverKnowsNothingOrNonsense() throws IOException, InterruptedException {
    for (String known : List.of("\"other\"", "nonsense", "\"", ",,", "W/")) {
      assertThat(snapshot("If-None-Match", known).statusCode()).as(known).isEqualTo(200);
    }
  }

  @Test
  void isCompressedForWhoeverAsks() throws IOException, InterruptedException {
    HttpRequest plain = request("/v1/sdk/snapshot").build();
    HttpRequest compressed = request("/v1/sdk/snapshot").header("Accept-Encoding", "gzip").build();
    EventMaps.start(
        SERVICE.client(),
        EventMaps.experiment(
            "large",
            "user",
            EventMaps.metric("m", "binary"),
            Map.of(
                "arms",
                List.of(
                    Map.of("key", "a", "payload", "x".repeat(2_000)),
                    Map.of("key", "b", "payload", "y".repeat(2_000))))));
    int length = HTTP.send(plain, BodyHandlers.ofByteArray()).body().length;
    HttpResponse<byte[]> answer = HTTP.send(compressed, BodyHandlers.ofByteArray());
    assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(answer.body().length).isLessThan(length);
  }

  @Test
  void needsTheRightToServe() {
    String reader = SERVICE.newKey(Role.READ);
    assertThat(SERVICE.client().as(null).get("/v1/sdk/snapshot").status()).isEqualTo(401);
    assertThat(SERVICE.client().as(reader).get("/v1/sdk/snapshot").status()).isEqualTo(403);
    assertThat(SERVICE.client().as(reader).get("/v1/sdk/stream").status()).isEqualTo(403);
  }

  @Test
  void tellsEachChangeOnTheStream() throws IOException, InterruptedException {
    HttpResponse<InputStream> stream =
        HTTP.send(request("/v1/sdk/stream").build(), BodyHandlers.ofInputStream());
    assertThat(stream.statusCode()).isEqualTo(200);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      String first = etag(lines);
      assertThat(snapshot("If-None-Match", first).statusCode()).isEqualTo(304);
      EventMaps.start(
          SERVICE.client(),
          EventMaps.experiment("another", "user", EventMaps.metric("m", "binary"), Map.of()));
      String second = etag(lines);
      while (snapshot("If-None-Match", second).statusCode() != 304) {
        second = etag(lines); // the experiment and its first allocation may come one by one
      }
      assertThat(second).isNotEqualTo(first);
      assertThat(snapshot().body()).contains("\"another\"");
    }
  }

  private static String etag(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null && !(line.startsWith("data:") && line.contains("etag"))) {
      line = lines.readLine();
    }
    return StrictJson.tree(String.valueOf(line).substring("data:".length())).path("etag").asText();
  }
}
