package io.armwise.service.platform.security;

import static io.armwise.schema.Tables.SIGNING_KEY;

import io.armwise.service.platform.database.Database;
import io.armwise.service.platform.disk.NodeState;
import io.armwise.service.platform.disk.StateFile;
import io.armwise.service.platform.json.StrictJson;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The secrets that sign decision tokens and dashboard sessions, shared by all nodes through the
 * database. The one with the highest id signs, all verify. Immutable once started; thread-safe.
 */
@Singleton
public final class SigningKeys {
  private final Database database;
  private final NodeState disk;
  private final Clock clock;
  private final TreeMap<Short, byte[]> secrets = new TreeMap<>();

  SigningKeys(Database database, NodeState disk, Clock clock) {
    this.database = database;
    this.disk = disk;
    this.clock = clock;
  }

  @PostConstruct
  void load() {
    if (!database.isOpen()) {
      loadSaved();
      return;
    }
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    // Two nodes that start at once agree on whichever came first.
    database
        .dsl()
        .insertInto(SIGNING_KEY)
        .set(SIGNING_KEY.KEY_ID, (short) 1)
        .set(SIGNING_KEY.SECRET, secret)
        .set(SIGNING_KEY.CREATED_AT, clock.instant().atOffset(ZoneOffset.UTC))
        .onConflictDoNothing()
        .execute();
    Map<Short, byte[]> stored =
        database.dsl().selectFrom(SIGNING_KEY).fetchMap(SIGNING_KEY.KEY_ID, SIGNING_KEY.SECRET);
    secrets.putAll(stored);
    byte[] saved = StrictJson.write(secrets).getBytes(StandardCharsets.UTF_8);
    boolean _ = disk.save(StateFile.Kind.SIGNING_KEYS, database.epoch(), secrets.size(), saved);
  }

  private void loadSaved() {
    disk.load(StateFile.Kind.SIGNING_KEYS, database.epoch())
        .map(file -> StrictJson.tree(new String(file.body(), StandardCharsets.UTF_8)))
        .orElseThrow(() -> new IllegalStateException("the saved signing keys have gone"))
        .properties()
        .forEach(
            key ->
                secrets.put(
                    Short.valueOf(key.getKey()),
                    Base64.getDecoder().decode(key.getValue().textValue())));
  }

  /** All secrets by id, 32 bytes each; the last one signs. */
  public SortedMap<Short, byte[]> all() {
    TreeMap<Short, byte[]> copy = new TreeMap<>();
    secrets.forEach((id, secret) -> copy.put(id, secret.clone()));
    return copy;
  }
}
