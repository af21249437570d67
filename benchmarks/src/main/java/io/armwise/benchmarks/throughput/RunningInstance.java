package io.armwise.benchmarks.throughput;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;

/**
 * A service on its data folder with the PostgreSQL and the Kafka that it has started. Not
 * thread-safe.
 */
final class RunningInstance implements AutoCloseable {
  static final String TOPIC = "armwise.events";

  private final URI address;
  private final String key;
  private final String bootstrapServers;
  private final Connection database;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningInstance(URI address, String key, String bootstrapServers, Connection database) {
    this.address = address;
    this.key = key;
    this.bootstrapServers = bootstrapServers;
    this.database = database;
  }

  /** The service that runs on this data folder. */
  static RunningInstance on(Path folder) throws IOException, SQLException {
    Properties settings = new Properties();
    try (InputStream in = Files.newInputStream(folder.resolve("settings.properties"))) {
      settings.load(in);
    }
    Connection database =
        DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:" + settings.getProperty("postgresql.port") + "/armwise",
            "armwise",
            settings.getProperty("postgresql.armwise.password"));
    return new RunningInstance(
        URI.create(Files.readString(folder.resolve("service-address")).strip()),
        Files.readString(folder.resolve("admin-key")).strip(),
        "127.0.0.1:" + settings.getProperty("kafka.port"),
        database);
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  Connection database() {
    return database;
  }

  /**
   * Creates and starts an experiment with the arms a and b and a continuous metric. Not with the
   * usual policy, whose shares of two arms are equal whatever they are worth.
   */
  void start(String experiment, String unit) {
    post(
        "/v1/experiments",
        """
        {"key": "%1$s", "unit": "%2$s", "allocation": {"policy": "thompson"},
         "arms": [{"key": "a", "payload": 1}, {"key": "b", "payload": 2}],
         "metric": {"key": "%1$s", "outcome": "value", "kind": "continuous", "smallestEffect": 1}}
        """
            .formatted(experiment, unit));
    post("/v1/experiments/" + experiment + "/start", "{}");
  }

  private void post(String path, String body) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(address.resolve(path))
                  .header("Authorization", "Bearer " + key)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(path + ": " + answer.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** How many records of the log are in the evidence. */
  long counted() throws SQLException {
    return number("select coalesce(sum(next_offset), 0) from log_position where topic = ?", TOPIC);
  }

  /** Of these experiments those whose newest allocation has a number above this. */
  List<String> allocatedSince(Collection<String> experiments, long version) throws SQLException {
    try (PreparedStatement statement =
        database.prepareStatement(
            "select e.key from experiment e join allocation_version a using (experiment_id)"
                + " where e.key = any(?) group by e.key having max(a.version) > ?")) {
      statement.setArray(1, database.createArrayOf("text", experiments.toArray()));
      statement.setLong(2, version);
      List<String> allocated = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          allocated.add(rows.getString(1));
        }
      }
      return allocated;
    }
  }

  private long number(String query, String parameter) throws SQLException {
    try (PreparedStatement statement = database.prepareStatement(query)) {
      statement.setString(1, parameter);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("no row: " + query);
        }
        return row.getLong(1);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    database.close();
    http.close();
  }
}
