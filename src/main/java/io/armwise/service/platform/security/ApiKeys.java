package io.armwise.service.platform.security;

import static io.armwise.schema.Tables.API_KEY;

import io.armwise.service.platform.database.Database;
import io.armwise.service.platform.disk.NodeState;
import io.armwise.service.platform.disk.StateFile;
import io.armwise.service.platform.json.StrictJson;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of callers. Checking a key reads memory only; the set is refreshed every few seconds,
 * and stays as it is while the database is away. Thread-safe.
 */
@Singleton
public final class ApiKeys {
  private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);

  /** Where a key's public part stands, see {@link ApiKey}. */
  private static final int ID_START = 3;

  private static final int ID_END = 15;

  private final Database database;
  private final NodeState disk;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private volatile Map<String, StoredKey> known = Map.of();

  /** Keys that were found genuine, by their public part: at most one for each key there is. */
  private final Map<String, Proven> proven = new ConcurrentHashMap<>();

  /** What the disk has; guarded by this. */
  private byte[] saved = {};

  ApiKeys(Database database, NodeState disk, Clock clock) {
    this.database = database;
    this.disk = disk;
    this.clock = clock;
  }

  private record StoredKey(byte[] secretHash, Principal principal, @Nullable Instant expiresAt) {}

  /**
   * A key whose secret was hashed before, so that it need not be hashed at each request.
   *
   * @param text the whole key
   * @param secretHash what it was held against
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by methods that take a constant time
  private record Proven(byte[] text, byte[] secretHash) {}

  /** A key in the node's file. */
  private record SavedKey(
      String id, byte[] secretHash, String name, List<Role> roles, @Nullable String expiresAt) {
    static SavedKey of(String id, StoredKey key) {
      return new SavedKey(
          id,
          key.secretHash(),
          key.principal().name(),
          key.principal().roles().stream().sorted().toList(),
          key.expiresAt() == null ? null : key.expiresAt().toString());
    }

    StoredKey restored() {
      return new StoredKey(
          secretHash,
          new Principal(name, Set.copyOf(roles)),
          expiresAt == null ? null : Instant.parse(expiresAt));
    }
  }

  /**
   * A key as it is listed.
   *
   * @param id public part of the key
   * @param name what it is for
   * @param roles what it may do
   * @param createdAt when it was made
   * @param expiresAt when it ends, if it does
   */
  public record Listed(
      String id, String name, Set<Role> roles, Instant createdAt, @Nullable Instant expiresAt) {}

  @PostConstruct
  void open() {
    if (database.isOpen()) {
      load();
      return;
    }
    byte[] body =
        disk.load(StateFile.Kind.API_KEYS, database.epoch())
            .orElseThrow(() -> new IllegalStateException("the saved API keys have gone"))
            .body();
    SavedKey[] keys = StrictJson.stored(new String(body, StandardCharsets.UTF_8), SavedKey[].class);
    known = Arrays.stream(keys).collect(Collectors.toMap(SavedKey::id, SavedKey::restored));
  }

  /**
   * One at a time, or what was read before a change could take the place of what was read after.
   */
  private synchronized void load() {
    Map<String, StoredKey> keys =
        database
            .dsl()
            .selectFrom(API_KEY)
            .where(API_KEY.REVOKED_AT.isNull())
            .fetchMap(
                API_KEY.KEY_ID,
                row ->
                    new StoredKey(
                        row.getSecretHash(),
                        new Principal(row.getName(), roles(row.getRoles())),
                        row.getExpiresAt() == null ? null : row.getExpiresAt().toInstant()));
    known = Map.copyOf(keys);
    save(keys);
  }

  private synchronized void save(Map<String, StoredKey> keys) {
    List<SavedKey> sorted =
        keys.entrySet().stream()
            .map(key -> SavedKey.of(key.getKey(), key.getValue()))
            .sorted(Comparator.comparing(SavedKey::id))
            .toList();
    byte[] body = StrictJson.write(sorted).getBytes(StandardCharsets.UTF_8);
    if (!Arrays.equals(body, saved)
        && disk.save(StateFile.Kind.API_KEYS, database.epoch(), keys.size(), body)) {
      saved = body;
    }
  }

  @Scheduled(fixedDelay = "5s", initialDelay = "5s")
  void refresh() {
    try {
      load();
    } catch (DataAccessException e) {
      LOG.warn("API keys not refreshed, the known ones stay valid: {}", e.getMessage());
    }
  }

  /** Whose key this is, if it is valid now. */
  public Optional<Principal> authenticate(String text) {
    if (text.length() <= ID_END) {
      return Optional.empty();
    }
    StoredKey stored = known.get(text.substring(ID_START, ID_END));
    return stored != null && isGenuine(text, stored) ? unexpired(stored) : Optional.empty();
  }

  private boolean isGenuine(String text, StoredKey stored) {
    String id = text.substring(ID_START, ID_END);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Proven before = proven.get(id);
    if (before != null
        && MessageDigest.isEqual(before.text(), bytes)
        && Arrays.equals(before.secretHash(), stored.secretHash())) {
      return true;
    }
    Optional<ApiKey> key = ApiKey.parse(text);
    boolean genuine =
        key.isPresent()
            && key.get().id().equals(id)
            && MessageDigest.isEqual(stored.secretHash(), key.get().secretHash());
    if (genuine) {
      proven.put(id, new Proven(bytes, stored.secretHash()));
    }
    return genuine;
  }

  private Optional<Principal> unexpired(StoredKey stored) {
    boolean expired = stored.expiresAt() != null && !clock.instant().isBefore(stored.expiresAt());
    return expired ? Optional.empty() : Optional.of(stored.principal());
  }

  /** Makes and stores a key. The answer is the only time its secret can be read. */
  public ApiKey create(String name, Set<Role> roles, @Nullable Instant expiresAt) {
    ApiKey key = ApiKey.random(random);
    database
        .dsl()
        .insertInto(API_KEY)
        .set(API_KEY.KEY_ID, key.id())
        .set(API_KEY.NAME, name)
        .set(API_KEY.SECRET_HASH, key.secretHash())
        .set(API_KEY.ROLES, roles.stream().map(Role::json).sorted().toArray(String[]::new))
        .set(API_KEY.CREATED_AT, clock.instant().atOffset(ZoneOffset.UTC))
        .set(API_KEY.EXPIRES_AT, expiresAt == null ? null : expiresAt.atOffset(ZoneOffset.UTC))
        .execute();
    load();
    return key;
  }

  /** Ends a key; false if there is no such live key. */
  public boolean revoke(String id) {
    int changed =
        database
            .dsl()
            .update(API_KEY)
            .set(API_KEY.REVOKED_AT, clock.instant().atOffset(ZoneOffset.UTC))
            .where(API_KEY.KEY_ID.eq(id))
            .and(API_KEY.REVOKED_AT.isNull())
            .execute();
    load();
    return changed == 1;
  }

  /** All live keys, oldest first. */
  public List<Listed> list() {
    List<Listed> keys = new ArrayList<>();
    database
        .dsl()
        .selectFrom(API_KEY)
        .where(API_KEY.REVOKED_AT.isNull())
        .orderBy(API_KEY.CREATED_AT)
        .forEach(
            row ->
                keys.add(
                    new Listed(
                        row.getKeyId(),
                        row.getName(),
                        roles(row.getRoles()),
                        row.getCreatedAt().toInstant(),
                        row.getExpiresAt() == null ? null : row.getExpiresAt().toInstant())));
    return keys;
  }

  /** Whether no key exists yet, so that the first start makes one. */
  public boolean isEmpty() {
    return !database.dsl().fetchExists(API_KEY);
  }

  private static Set<Role> roles(String[] names) {
    return Arrays.stream(names)
        .map(name -> Role.valueOf(name.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toUnmodifiableSet());
  }
}
