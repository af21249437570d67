package io.armwise.service.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.platform.security.Role;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.JsonClient;
import io.armwise.service.testing.ServiceUnderTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Decisions byte by byte over a connection: the usual requests are answered before the framework,
 * which nobody can tell but by the headers that the framework's filters add.
 */
class DirectDecisionsIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(DirectDecisionsIT.class);
  private static final JsonClient CLIENT = SERVICE.client();
  private static final String BODY = "{\"experiment\":\"direct\",\"unit\":\"u-1\"}";
  private static final String FRAMEWORKS_HEADER = "content-security-policy";

  @BeforeAll
  static void createExperiment() {
    EventMaps.start(
        CLIENT,
        EventMaps.experiment(
            "direct",
            "user",
            EventMaps.metric("direct-clicks", "binary"),
            Map.of("exposure", "event")));
  }

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  /** An answer as it came; header names in lower case. */
  private record Answer(int status, Map<String, String> headers, String body) {
    boolean isDirect() {
      return !headers.containsKey(FRAMEWORKS_HEADER);
    }
  }

  /** A connection of which every byte is ours. */
  private static final class Connection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Connection() throws IOException {
      socket = new Socket(SERVICE.address().getHost(), SERVICE.address().getPort());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(20_000);
      in = new BufferedInputStream(socket.getInputStream());
      out = socket.getOutputStream();
    }

    void send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    Answer answer() throws IOException {
      int status = Integer.parseInt(line().split(" ", 3)[1]);
      Map<String, String> headers = new TreeMap<>();
      for (String line = line(); !line.isEmpty(); line = line()) {
        headers.put(
            line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
            line.substring(line.indexOf(':') + 1).strip());
      }
      int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      return new Answer(status, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new IOException("the connection was closed after: " + line);
        }
        line.append((char) next);
      }
      return line.toString().strip();
    }

    boolean isClosedByServer() throws IOException {
      return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static String request(String key, String headers, String body) {
    return "POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + key
        + headers
        + "Content-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  private static String request(String headers, String body) {
    return request(bearer(SERVICE.adminKey()), headers, body);
  }

  private static String bearer(String key) {
    return "Authorization: Bearer " + key + "\r\n";
  }

  private static Answer ask(String request) throws IOException {
    try (Connection connection = new Connection()) {
      connection.send(request);
      return connection.answer();
    }
  }

  private static String armOf(Answer answer) {
    return answer.body().replaceAll(".*\"arm\":\"([^\"]*)\".*", "$1");
  }

  @Test
  void givesTheSameArmOnBothWays() throws IOException {
    Answer direct = ask(request("", BODY));
    Answer framework = ask(request("Origin: https://shop.example\r\n", BODY));
    assertThat(direct.status()).as(direct.body()).isEqualTo(200);
    assertThat(framework.status()).as(framework.body()).isEqualTo(200);
    assertThat(direct.isDirect()).isTrue();
    assertThat(framework.isDirect()).isFalse();
    assertThat(armOf(direct)).isEqualTo(armOf(framework));
    assertThat(direct.headers().get("content-type")).isEqualTo("application/json");
    assertThat(direct.headers()).containsKeys("date", "x-content-type-options");
  }

  @Test
  void answersPipelinedRequestsOfBothWaysInTheirOrder() throws IOException {
    try (Connection connection = new Connection()) {
      connection.send(
          request("", BODY)
              + "GET /v1/experiments HTTP/1.1\r\nHost: localhost\r\n"
              + bearer(SERVICE.adminKey())
              + "\r\n"
              + request("", BODY)
              + request("", "{\"experiment\":\"nothing\",\"unit\":\"u-1\"}")
              + request("", BODY));
      assertThat(connection.answer().body()).startsWith("{\"decisions\":[");
      assertThat(connection.answer().body()).contains("\"experiments\":[");
      assertThat(connection.answer().body()).startsWith("{\"decisions\":[");
      assertThat(connection.answer().body()).contains("unknown-experiment");
      assertThat(connection.answer().body()).startsWith("{\"decisions\":[");
    }
  }

  @Test
  void readsRequestsThatComeInPiecesAndMoreOnTheSameConnection() throws IOException {
    try (Connection connection = new Connection()) {
      for (int round = 0; round < 3; round++) {
        String whole = request("", BODY);
        for (int from = 0; from < whole.length(); from += 50) {
          connection.send(whole.substring(from, Math.min(from + 50, whole.length())));
        }
        Answer answer = connection.answer();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.isDirect()).isTrue();
      }
      connection.send(request("Connection: close\r\n", BODY));
      assertThat(connection.answer().status()).isEqualTo(200);
      assertThat(connection.isClosedByServer()).isTrue();
    }
  }

  @Test
  void leavesEveryRefusalToTheFramework() throws IOException {
    assertRefused(request("", "", BODY), 401, "unauthenticated");
    assertRefused(request(bearer("aw_nobody"), "", BODY), 401, "unauthenticated");
    assertRefused(request(bearer(SERVICE.newKey(Role.READ)), "", BODY), 403, "forbidden");
    assertRefused(request("", "{\"experiment\":"), 400, "malformed-json");
    assertRefused(request("", "{\"experiment\":\"direct\"}"), 400, "invalid-request");
    assertRefused(request("", "{\"experiment\":\"no\",\"unit\":\"u\"}"), 404, "unknown-experiment");
  }

  private static void assertRefused(String request, int status, String code) throws IOException {
    Answer answer = ask(request);
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    assertThat(answer.isDirect()).isFalse();
  }

  @Test
  void takesAKeyInEitherHeader() throws IOException {
    String secret = "X-API-Key: " + SERVICE.newKey(Role.SERVE) + "\r\n";
    assertThat(ask(request(secret, "", BODY)).isDirect()).isTrue();
  }

  /** Handing a large answer on to be compressed would decide, and expose, a second time. */
  @Test
  void decidesOnceWhateverTheCallerAccepts() throws IOException {
    String many = "{\"experiment\":\"direct\",\"units\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\"]}";
    double before = decisions();
    assertThat(ask(request("Accept-Encoding: gzip\r\n", many)).isDirect()).isTrue();
    assertThat(ask(request("", many)).isDirect()).isTrue();
    assertThat(decisions() - before).isEqualTo(12);
  }

  /** The last unit is refused, so the ones before it are not exposed either, in neither way. */
  @Test
  void decidesNothingWhereAUnitIsRefused() throws IOException {
    double before = decisions();
    assertRefused(
        request("", "{\"experiment\":\"direct\",\"units\":[\"a\",\"b\",\"\"]}"),
        400,
        "invalid-request");
    assertThat(decisions() - before).isZero();
  }

  private static double decisions() {
    return SERVICE
        .context()
        .getBean(MeterRegistry.class)
        .get("armwise.decisions")
        .functionCounter()
        .count();
  }
}
