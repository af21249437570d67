package io.armwise.service.snapshot;

import io.armwise.bandits.decision.Targeting;
import io.armwise.service.platform.database.Database;
import io.armwise.service.platform.disk.NodeState;
import io.armwise.service.platform.disk.StateFile;
import io.armwise.service.platform.json.StrictJson;
import io.micronaut.context.annotation.Value;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest snapshot on this node's disk. A thread of its own writes, a few seconds apart:
 * neither polling nor deciding ever waits for the disk, and of several snapshots that come while it
 * is slow, only the last is written. Thread-safe.
 */
@Singleton
final class SnapshotFile {
  /** Even without a change the file is renewed, so that its age can be told after a restart. */
  private static final Duration RENEWED = Duration.ofMinutes(1);

  private final NodeState disk;
  private final Database database;
  private final Duration pause;
  private final Thread writer;
  private volatile @Nullable Snapshot newest;
  private volatile boolean closing;

  SnapshotFile(
      NodeState disk,
      Database database,
      @Value("${armwise.snapshot.save-every:5s}") Duration pause) {
    this.disk = disk;
    this.database = database;
    this.pause = pause;
    this.writer = Thread.ofPlatform().daemon().name("snapshot file").unstarted(this::run);
    writer.start();
  }

  /** Takes over what shall be written; returns at once. */
  void offer(Snapshot snapshot) {
    boolean first = newest == null;
    newest = snapshot;
    if (first) {
      LockSupport.unpark(writer);
    }
  }

  /** The snapshot of an earlier process; only for a node whose database is away. */
  Snapshot load(Targeting.Compiler compiler) {
    byte[] body =
        disk.load(StateFile.Kind.SNAPSHOT, database.epoch())
            .orElseThrow(() -> new IllegalStateException("the saved snapshot has gone"))
            .body();
    return StrictJson.stored(new String(body, StandardCharsets.UTF_8), SavedSnapshot.class)
        .restored(compiler);
  }

  private void run() {
    Snapshot saved = null;
    while (!closing) {
      Snapshot next = newest;
      if (next != null && isDue(saved, next) && save(next)) {
        saved = next;
      }
      LockSupport.parkNanos(pause.toNanos());
    }
    Snapshot last = newest;
    if (last != null && !last.equals(saved)) {
      boolean _ = save(last);
    }
  }

  private static boolean isDue(@Nullable Snapshot saved, Snapshot next) {
    return saved == null
        || saved.sequence() != next.sequence()
        || Duration.between(saved.verifiedAt(), next.verifiedAt()).abs().compareTo(RENEWED) > 0;
  }

  private boolean save(Snapshot snapshot) {
    byte[] body = StrictJson.write(SavedSnapshot.of(snapshot)).getBytes(StandardCharsets.UTF_8);
    return disk.save(StateFile.Kind.SNAPSHOT, database.epoch(), snapshot.sequence(), body);
  }

  @PreDestroy
  void close() throws InterruptedException {
    closing = true;
    LockSupport.unpark(writer);
    writer.join(Duration.ofSeconds(5)); // a disk that is stuck does not hold up the end
  }
}
