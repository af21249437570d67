package io.armwise.service.snapshot;

import io.armwise.service.platform.database.Database;
import io.micronaut.context.annotation.Value;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Readiness: this node can decide, since it does not start without a snapshot. An old snapshot is
 * told but is no reason to send callers away, for all other nodes have the same one. Thread-safe.
 */
@Singleton
@Readiness
final class SnapshotHealth extends AbstractHealthIndicator<Map<String, Object>> {
  private final Snapshots snapshots;
  private final Database database;
  private final Duration staleAfter;

  SnapshotHealth(
      Snapshots snapshots,
      Database database,
      @Value("${armwise.snapshot.stale-after:10s}") Duration staleAfter) {
    this.snapshots = snapshots;
    this.database = database;
    this.staleAfter = staleAfter;
  }

  @Override
  protected String getName() {
    return "snapshot";
  }

  @Override
  protected Map<String, Object> getHealthInformation() {
    Duration age = snapshots.age();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("sequence", snapshots.current().sequence());
    details.put("ageSeconds", age.toMillis() / 1e3);
    details.put("stale", age.compareTo(staleAfter) > 0);
    details.put("from", snapshots.isFromDisk() ? "disk" : "database");
    details.put("epoch", database.epoch().toString());
    String refusal = database.refusal();
    if (refusal != null) {
      details.put("refused", refusal);
    }
    healthStatus = HealthStatus.UP;
    return details;
  }
}
