package io.armwise.service.platform.disk;

import io.armwise.service.platform.disk.StateFile.Kind;
import io.armwise.service.platform.disk.StateFile.Reading;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node keeps on its own disk so that it can start without the database. A disk that is
 * full or gone costs this ability and nothing else. Thread-safe.
 */
@Singleton
public final class NodeState {
  private static final Logger LOG = LoggerFactory.getLogger(NodeState.class);

  private final Map<Kind, StateFile> files = new EnumMap<>(Kind.class);
  private final AtomicLong failures = new AtomicLong();

  NodeState(@Value("${armwise.data-folder:}") String folder, MeterRegistry meters) {
    if (!folder.isEmpty()) {
      for (Kind kind : Kind.values()) {
        files.put(kind, new StateFile(Path.of(folder), kind));
      }
    }
    meters.gauge("armwise.state.save.failures", failures);
  }

  /** Why a node cannot start from its disk, or with which epoch it can. */
  public sealed interface Readiness {
    /** All files are whole and belong together. */
    record Ready(UUID epoch) implements Readiness {}

    /** They are not. */
    record Unusable(String reason) implements Readiness {}
  }

  /** Whether the files let this node start. */
  public Readiness readiness() {
    if (files.isEmpty()) {
      return new Readiness.Unusable("no folder is set");
    }
    UUID epoch = null;
    for (StateFile file : files.values()) {
      switch (file.read()) {
        case Reading.Absent() -> {
          return new Readiness.Unusable("there is no " + file.path());
        }
        case Reading.Damaged(String reason) -> {
          return new Readiness.Unusable(file.path() + " is refused: " + reason);
        }
        case Reading.Whole whole -> {
          if (epoch != null && !epoch.equals(whole.epoch())) {
            return new Readiness.Unusable(
                file.path() + " is of epoch " + whole.epoch() + ", the others of " + epoch);
          }
          epoch = whole.epoch();
        }
      }
    }
    return epoch == null ? new Readiness.Unusable("no files") : new Readiness.Ready(epoch);
  }

  /**
   * Saves a file. A failure is logged, counted and not thrown.
   *
   * @return whether it is saved
   */
  public boolean save(Kind kind, UUID epoch, long version, byte[] body) {
    @Nullable StateFile file = files.get(kind);
    if (file == null) {
      return false;
    }
    synchronized (file) {
      try {
        file.write(epoch, version, body);
        return true;
      } catch (IOException e) {
        failures.incrementAndGet();
        LOG.warn("{} is not saved; the node works on, but could not start from it", file.path(), e);
        return false;
      }
    }
  }

  /** The saved file, if it is whole and of this epoch. */
  public Optional<Reading.Whole> load(Kind kind, UUID epoch) {
    @Nullable StateFile file = files.get(kind);
    return file != null && file.read() instanceof Reading.Whole whole && whole.epoch().equals(epoch)
        ? Optional.of(whole)
        : Optional.empty();
  }
}
