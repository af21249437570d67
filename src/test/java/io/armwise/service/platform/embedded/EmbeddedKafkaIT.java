package io.armwise.service.platform.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
  @TempDir static Path folder;

  private DataFolder data;
  private EmbeddedKafka kafka;

  @BeforeEach
  void prepare() throws IOException {
    data = DataFolder.open(folder.resolve("data"));
    kafka = EmbeddedKafka.prepare(data, step -> {});
  }

  @AfterEach
  void close() {
    data.close();
  }

  @Test
  void keepsWhatWasAcknowledgedWhenTheBrokerIsKilled() throws Exception {
    List<String> acknowledged = new ArrayList<>();
    String address = kafka.bootstrapServers();
    int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
    try (Supervisor supervisor = Supervisor.start(kafka)) {
      assertThat(ListeningSockets.addressesOf(port)).containsExactly("127.0.0.1");
      Records.createTopic(address, "killed-broker");
      try (KafkaProducer<String, String> producer = Records.producer(address)) {
        send(producer, acknowledged, 200);
        long killed = supervisor.pid();
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        // The producer waits until the supervisor has the broker back at the same address.
        send(producer, acknowledged, 1);
        assertThat(supervisor.pid()).isNotEqualTo(killed);
      }
      assertThat(Records.all(address, "killed-broker")).containsExactlyElementsOf(acknowledged);
    }
    try (ServerProcess restarted = kafka.start()) {
      assertThat(restarted.alive()).isTrue();
      assertThat(Records.all(address, "killed-broker")).containsExactlyElementsOf(acknowledged);
    }
  }

  private static void send(
      KafkaProducer<String, String> producer, List<String> acknowledged, int count)
      throws ExecutionException, InterruptedException {
    for (int i = 0; i < count; i++) {
      String value = "value " + acknowledged.size();
      producer.send(new ProducerRecord<>("killed-broker", value)).get();
      acknowledged.add(value);
    }
  }
}
