package io.armwise.service.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TestServersIT {

  @Test
  void givesEachClassADatabaseAndTopicsOfItsOwn() throws Exception {
    TestServers.Place one = TestServers.newPlace(TestServersIT.class);
    TestServers.Place other = TestServers.newPlace(TestServersIT.class);
    assertThat(other.jdbcUrl()).isNotEqualTo(one.jdbcUrl());
    assertThat(other.topicPrefix()).isNotEqualTo(one.topicPrefix());
    for (TestServers.Place place : List.of(one, other)) {
      try (Connection connection = place.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE same_name (id int)");
      }
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", place.bootstrapServers()))) {
        String topic = place.topicPrefix() + "events";
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        Await.until(() -> names(admin), names -> names.contains(topic));
        admin.deleteTopics(List.of(topic)).all().get();
      }
    }
  }

  private static Set<String> names(Admin admin) {
    try {
      return admin.listTopics().names().get();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
