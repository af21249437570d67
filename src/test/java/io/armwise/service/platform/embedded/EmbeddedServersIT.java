package io.armwise.service.platform.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersIT {
  @TempDir Path folder;

  @Test
  void aKilledServiceFindsItsDataAgainAndHoldsItsFolderAlone() throws Exception {
    Path path = folder.resolve("data");
    String jdbcUrl;
    String bootstrapServers;
    try (ServiceInChildProcess service = ServiceInChildProcess.start(path)) {
      jdbcUrl = Objects.requireNonNull(service.readLine());
      String password = Objects.requireNonNull(service.readLine());
      bootstrapServers = Objects.requireNonNull(service.readLine());
      try (Connection connection = DriverManager.getConnection(jdbcUrl, "armwise", password);
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE kept (id int)");
        statement.execute("INSERT INTO kept VALUES (42)");
      }
      Records.createTopic(bootstrapServers, "kept");
      try (KafkaProducer<String, String> producer = Records.producer(bootstrapServers)) {
        producer.send(new ProducerRecord<>("kept", "42")).get();
      }

      String holder = "in use by another service (process " + service.pid() + ")";
      assertThatThrownBy(() -> DataFolder.open(path)).hasMessageContaining(holder);
      try (ServiceInChildProcess second = ServiceInChildProcess.start(path)) {
        assertThat(second.readLine()).contains(holder);
        assertThat(second.awaitExit()).isEqualTo(1);
      }

      service.kill();
    }
    // At once: the servers of the killed service are still stopping.
    try (DataFolder data = DataFolder.open(path);
        EmbeddedServers servers = EmbeddedServers.start(data, step -> {})) {
      assertThat(servers.jdbcUrl()).isEqualTo(jdbcUrl);
      assertThat(servers.bootstrapServers()).isEqualTo(bootstrapServers);
      try (Connection connection =
              DriverManager.getConnection(servers.jdbcUrl(), servers.user(), servers.password());
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT id FROM kept")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(42);
      }
      assertThat(Records.all(servers.bootstrapServers(), "kept")).isEqualTo(List.of("42"));
    }
  }
}
