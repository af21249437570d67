package io.armwise.benchmarks.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

/**
 * An unleash-server with one flag that is on for half of the units, in a schema of its own of the
 * service's PostgreSQL.
 */
final class UnleashServer implements AutoCloseable {
  private static final int PORT = 18998;
  private static final String ADMIN = "*:*.benchmark-admin";
  private static final String FRONTEND = "default:development.benchmark-frontend";
  private static final URI ADDRESS = URI.create("http://127.0.0.1:" + PORT);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;

  private UnleashServer(Process process) {
    this.process = process;
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param packages folder where npm has installed {@code unleash-server}
   * @param data folder of the running service whose PostgreSQL it uses
   * @param log where its output goes
   */
  static UnleashServer start(Path packages, Path data, Path log)
      throws IOException, InterruptedException, SQLException {
    Properties settings = new Properties();
    try (InputStream in = Files.newInputStream(data.resolve("settings.properties"))) {
      settings.load(in);
    }
    String port = settings.getProperty("postgresql.port");
    String password = settings.getProperty("postgresql.armwise.password");
    try (Connection database =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/armwise", "armwise", password);
        Statement statement = database.createStatement()) {
      statement.execute("create schema if not exists unleash");
    }
    ProcessBuilder builder =
        new ProcessBuilder("node", "node_modules/unleash-server/dist/server.js")
            .directory(packages.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(
            Map.ofEntries(
                Map.entry("DATABASE_HOST", "127.0.0.1"),
                Map.entry("DATABASE_PORT", port),
                Map.entry("DATABASE_NAME", "armwise"),
                Map.entry("DATABASE_SCHEMA", "unleash"),
                Map.entry("DATABASE_USERNAME", "armwise"),
                Map.entry("DATABASE_PASSWORD", password),
                Map.entry("DATABASE_SSL", "false"),
                Map.entry("INIT_ADMIN_API_TOKENS", ADMIN),
                Map.entry("INIT_FRONTEND_API_TOKENS", FRONTEND),
                Map.entry("HTTP_HOST", "127.0.0.1"),
                Map.entry("HTTP_PORT", String.valueOf(PORT)),
                Map.entry("LOG_LEVEL", "error"),
                Map.entry("CHECK_VERSION", "false"),
                Map.entry("SEND_TELEMETRY", "false"),
                Map.entry("NODE_ENV", "production")));
    UnleashServer server = new UnleashServer(builder.start());
    try {
      server.awaitHealth();
      server.createFlag();
      server.awaitFlag();
      return server;
    } catch (IOException | InterruptedException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** What evaluates the flag. */
  URI evaluation() {
    return ADDRESS.resolve("/api/frontend?userId=6f1c2b0e-5a1d-4a53-9c57-000000000001");
  }

  /** The key that {@link #evaluation} takes. */
  String key() {
    return FRONTEND;
  }

  private void awaitHealth() throws IOException, InterruptedException {
    for (int i = 0; i < 600; i++) {
      if (!process.isAlive()) {
        throw new IOException("unleash-server has ended; see its log");
      }
      try {
        if (get(ADDRESS.resolve("/health"), ADMIN).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // It does not listen yet.
      }
      Thread.sleep(200);
    }
    throw new IOException("unleash-server does not answer; see its log");
  }

  private void createFlag() throws IOException, InterruptedException {
    String features = "/api/admin/projects/default/features";
    admin(features, "{\"name\":\"http\",\"type\":\"experiment\"}");
    String environment = features + "/http/environments/development";
    admin(
        environment + "/strategies",
        "{\"name\":\"flexibleRollout\",\"parameters\":{\"rollout\":\"50\",\"stickiness\":\"userId\","
            + "\"groupId\":\"http\"}}");
    admin(environment + "/on", "{}");
  }

  private void awaitFlag() throws IOException, InterruptedException {
    for (int i = 0; i < 300; i++) {
      for (int unit = 0; unit < 20; unit++) {
        URI address = ADDRESS.resolve("/api/frontend?userId=" + unit);
        HttpResponse<String> answer = get(address, FRONTEND);
        if (answer.statusCode() == 200 && answer.body().contains("\"http\"")) {
          return;
        }
      }
      Thread.sleep(200);
    }
    throw new IOException("unleash-server never serves the flag; see its log");
  }

  private static void admin(String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(ADDRESS.resolve(path))
                .header("Authorization", ADMIN)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(path + ": " + answer.body());
    }
  }

  private static HttpResponse<String> get(URI address, String key)
      throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(address).header("Authorization", key).build(),
        BodyHandlers.ofString());
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
