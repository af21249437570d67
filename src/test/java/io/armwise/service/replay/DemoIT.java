package io.armwise.service.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.event.EventTopic;
import io.armwise.service.platform.RunningService;
import io.armwise.service.platform.embedded.ServerAddresses;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.JsonClient;
import io.armwise.service.testing.ServiceProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer starts first, with the servers that the service brings along. */
class DemoIT {
  @TempDir Path folder;

  @Test
  void letsVisitorsComeToItsExperimentsAndCountsThem() throws Exception {
    List<String> experiments = DemoExperiment.all().stream().map(DemoExperiment::key).toList();
    try (ServiceProcess demo = ServiceProcess.startDemo(folder, Map.of())) {
      JsonClient client = client();
      String last = "/v1/experiments/" + experiments.getLast();
      Await.until(() -> client.get(last).status(), status -> status == 200);
      for (String experiment : experiments) {
        Await.until(() -> client.units(experiment), units -> units > 0);
      }
      assertThat(partitions()).isEqualTo(12);
      demo.terminate();
    }
  }

  private JsonClient client() {
    URI address =
        Await.until(() -> RunningService.lastAddress(folder), Optional::isPresent).orElseThrow();
    return new JsonClient(address, RunningService.adminKey(folder).orElseThrow());
  }

  private int partitions() throws ExecutionException, InterruptedException {
    String broker = ServerAddresses.remembered(folder).orElseThrow().bootstrapServers();
    String topic = new EventTopic().getTopic();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
      return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
          .mapToInt(described -> described.partitions().size())
          .sum();
    }
  }
}
