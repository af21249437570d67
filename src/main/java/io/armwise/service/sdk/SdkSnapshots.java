package io.armwise.service.sdk;

import io.armwise.bandits.decision.DecisionTable;
import io.armwise.service.platform.database.Database;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.snapshot.Snapshot;
import io.armwise.service.snapshot.Snapshots;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Writes each snapshot once, however many clients fetch it. Thread-safe. */
@Singleton
final class SdkSnapshots {
  private final Snapshots snapshots;
  private final Database database;
  private volatile @Nullable Written last;

  SdkSnapshots(Snapshots snapshots, Database database) {
    this.snapshots = snapshots;
    this.database = database;
  }

  /**
   * A snapshot in the form that is sent.
   *
   * @param table of the snapshot, by which it is known again
   * @param sequence number of the newest change
   * @param json UTF-8; callers must not change it
   * @param etag quoted; a function of the JSON text alone, so the same on every node
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; only its bytes are sent
  record Written(DecisionTable table, long sequence, byte[] json, String etag) {}

  /** How old this node's knowledge is. */
  Duration age() {
    return snapshots.age();
  }

  /** The snapshot in force. */
  Written current() {
    Snapshot now = snapshots.current();
    Written known = last;
    if (known != null && known.table() == now.table()) {
      return known;
    }
    byte[] json =
        StrictJson.write(SdkDocument.of(now, database.epoch())).getBytes(StandardCharsets.UTF_8);
    Written written = new Written(now.table(), now.sequence(), json, etag(json));
    last = written;
    return written;
  }

  private static String etag(byte[] json) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(json);
      return '"' + HexFormat.of().formatHex(Arrays.copyOf(hash, 16)) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
