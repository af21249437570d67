package io.armwise.service.dashboard.system;

import io.armwise.service.dashboard.TableFile;
import io.armwise.service.dashboard.TableFiles;
import io.armwise.service.platform.security.ApiKeys;
import io.armwise.service.platform.security.Role;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tables of the system's page, to take away. Thread-safe. */
@Singleton
final class SystemTables {
  private final SystemState state;
  private final ApiKeys keys;
  private final Clock clock;

  SystemTables(SystemState state, ApiKeys keys, Clock clock) {
    this.state = state;
    this.keys = keys;
    this.clock = clock;
  }

  /** The table of this name. */
  Optional<TableFile> of(String name) {
    return switch (name) {
      case "events" ->
          table(
              name,
              List.of("hour", "exposures", "outcomes", "duplicates", "rejected"),
              state.hours(clock.instant()).stream()
                  .map(
                      hour ->
                          TableFiles.row(
                              Instant.ofEpochSecond(hour.hour() * 3_600L).toString(),
                              hour.exposures(),
                              hour.outcomes(),
                              hour.duplicates(),
                              hour.rejected())));
      case "nodes" ->
          table(
              name,
              List.of("address", "since", "connections", "learner"),
              state.clients().stream()
                  .map(
                      node ->
                          TableFiles.row(
                              node.address(),
                              node.since().toString(),
                              node.connections(),
                              node.learner())));
      case "storage" ->
          table(
              name,
              List.of("table", "rows", "bytes"),
              state.tables().stream()
                  .map(table -> TableFiles.row(table.name(), table.rows(), table.bytes())));
      case "rejected" ->
          table(
              name,
              List.of("at", "code", "detail"),
              state.rejected().stream()
                  .map(
                      event ->
                          TableFiles.row(event.at().toString(), event.code(), event.detail())));
      case "keys" ->
          table(
              name,
              List.of("name", "id", "roles", "created_at", "expires_at"),
              keys.list().stream()
                  .map(
                      key ->
                          TableFiles.row(
                              key.name(),
                              key.id(),
                              key.roles().stream()
                                  .map(Role::json)
                                  .sorted()
                                  .collect(Collectors.joining(" ")),
                              key.createdAt().toString(),
                              key.expiresAt() == null ? null : key.expiresAt().toString())));
      default -> Optional.empty();
    };
  }

  private static Optional<TableFile> table(
      String name, List<String> columns, Stream<List<@Nullable Object>> rows) {
    return Optional.of(new TableFile("system-" + name, columns, rows.toList()));
  }
}
