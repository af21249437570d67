package io.armwise.service.event;

import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Whether the brokers answer: part of readiness, never of liveness. Thread-safe. */
@Singleton
@Readiness
final class EventLogHealth extends AbstractHealthIndicator<Map<String, Object>> {
  private static final long PATIENCE_MS = 2_000;

  private final Admin admin;

  EventLogHealth(KafkaClients clients) {
    this.admin = clients.admin();
  }

  @Override
  protected String getName() {
    return "log";
  }

  @Override
  protected Map<String, Object> getHealthInformation() {
    try {
      int brokers = admin.describeCluster().nodes().get(PATIENCE_MS, TimeUnit.MILLISECONDS).size();
      healthStatus = HealthStatus.UP;
      return Map.of("brokers", brokers);
    } catch (ExecutionException | TimeoutException e) {
      healthStatus = HealthStatus.DOWN;
      return Map.of("error", "no broker answers");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      healthStatus = HealthStatus.DOWN;
      return Map.of("error", "interrupted");
    }
  }

  @PreDestroy
  void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
