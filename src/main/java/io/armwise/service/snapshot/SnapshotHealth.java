package io.armwise.service.snapshot;

import io.micronaut.context.annotation.Value;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;

/**
 * Whether decisions rest on a fresh snapshot: part of readiness, never of liveness. Thread-safe.
 */
@Singleton
@Readiness
final class SnapshotHealth extends AbstractHealthIndicator<Map<String, Object>> {
  private final Snapshots snapshots;
  private final Duration staleAfter;

  SnapshotHealth(
      Snapshots snapshots, @Value("${armwise.snapshot.stale-after:10s}") Duration staleAfter) {
    this.snapshots = snapshots;
    this.staleAfter = staleAfter;
  }

  @Override
  protected String getName() {
    return "snapshot";
  }

  @Override
  protected Map<String, Object> getHealthInformation() {
    Duration age = snapshots.age();
    healthStatus = age.compareTo(staleAfter) <= 0 ? HealthStatus.UP : HealthStatus.DOWN;
    return Map.of("ageSeconds", age.toMillis() / 1e3, "sequence", snapshots.current().sequence());
  }
}
