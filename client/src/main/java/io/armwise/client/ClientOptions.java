package io.armwise.client;

import io.armwise.bandits.decision.Targeting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a client works. {@link #of} has good values; the {@code with…} methods change some.
 *
 * @param address of the service, such as {@code https://armwise.example}; null to work offline
 * @param key an API key with the roles {@code serve} and {@code ingest}
 * @param bootstrap a snapshot to start from, read if the service does not answer; null for none
 * @param keepBootstrap whether to replace that file whenever the snapshot changes
 * @param conditions compiles conditions; experiments that have one are unavailable without it
 * @param patience how long it waits
 * @param refreshing how it follows changes
 * @param queueing how it sends events
 * @param source {@code source} of the events
 */
public record ClientOptions(
    @Nullable URI address,
    String key,
    @Nullable Path bootstrap,
    boolean keepBootstrap,
    Targeting.Compiler conditions,
    Patience patience,
    Refreshing refreshing,
    Queueing queueing,
    String source) {

  /**
   * How long a client waits.
   *
   * @param start for the first snapshot
   * @param request for an answer
   */
  public record Patience(Duration start, Duration request) {}

  /**
   * How a client follows changes.
   *
   * @param every how often to ask for them while there is no stream, {@code > 0}
   * @param jitter a change is fetched after a random part of this, so that not all clients come at
   *     once, {@code >= 0}
   * @param staleAfter from what age on decisions are marked
   */
  public record Refreshing(Duration every, Duration jitter, Duration staleAfter) {
    /** Guards the periods. */
    public Refreshing {
      if (every.isNegative() || every.isZero() || jitter.isNegative()) {
        throw new IllegalArgumentException(
            "refresh must be > 0 and jitter >= 0, got " + every + " and " + jitter);
      }
    }
  }

  /**
   * How a client sends events.
   *
   * @param capacity how many may wait, at least a batch; more are dropped and counted
   * @param batchSize how many are sent at once, in [1, 10000]
   * @param pause how long one waits for others
   * @param close how long closing may take to send what is left
   */
  public record Queueing(int capacity, int batchSize, Duration pause, Duration close) {
    /** Guards the sizes. */
    public Queueing {
      if (!(batchSize >= 1 && batchSize <= 10_000)) {
        throw new IllegalArgumentException("batchSize must be in [1, 10000], got " + batchSize);
      }
      if (!(capacity >= batchSize)) {
        throw new IllegalArgumentException(
            "queueCapacity must be at least batchSize " + batchSize + ", got " + capacity);
      }
    }
  }

  /** Guards that there is something to decide from. */
  public ClientOptions {
    if (address == null && bootstrap == null) {
      throw new IllegalArgumentException("a client that works offline needs a bootstrap file");
    }
  }

  /** A client of a service. */
  public static ClientOptions of(URI address, String key) {
    return withDefaults(address, key, null);
  }

  /** A client that never asks a service: decisions come from the file, events are discarded. */
  public static ClientOptions offline(Path bootstrap) {
    return withDefaults(null, "", bootstrap);
  }

  private static ClientOptions withDefaults(
      @Nullable URI address, String key, @Nullable Path bootstrap) {
    return new ClientOptions(
        address,
        key,
        bootstrap,
        false,
        Targeting.Compiler.NONE,
        new Patience(Duration.ofSeconds(5), Duration.ofSeconds(10)),
        new Refreshing(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(60)),
        new Queueing(10_000, 500, Duration.ofSeconds(1), Duration.ofSeconds(5)),
        "/armwise/client/java");
  }

  /**
   * Starts from a file if the service does not answer.
   *
   * @param keep whether to replace it whenever the snapshot changes
   */
  public ClientOptions withBootstrap(Path file, boolean keep) {
    return new ClientOptions(
        address, key, file, keep, conditions, patience, refreshing, queueing, source);
  }

  /** Decides experiments with conditions, too. */
  public ClientOptions withConditions(Targeting.Compiler compiler) {
    return new ClientOptions(
        address, key, bootstrap, keepBootstrap, compiler, patience, refreshing, queueing, source);
  }

  /** Waits this long for the first snapshot and, at most, for each answer. */
  public ClientOptions withPatience(Duration start, Duration request) {
    return new ClientOptions(
        address,
        key,
        bootstrap,
        keepBootstrap,
        conditions,
        new Patience(start, request),
        refreshing,
        queueing,
        source);
  }

  /** Asks for changes this often where there is no stream, and spreads its questions. */
  public ClientOptions withRefresh(Duration every, Duration jitter, Duration staleAfter) {
    return new ClientOptions(
        address,
        key,
        bootstrap,
        keepBootstrap,
        conditions,
        patience,
        new Refreshing(every, jitter, staleAfter),
        queueing,
        source);
  }

  /** Lets this many events wait, and sends this many at once after at most this pause. */
  public ClientOptions withQueue(int capacity, int batch, Duration pause, Duration close) {
    return new ClientOptions(
        address,
        key,
        bootstrap,
        keepBootstrap,
        conditions,
        patience,
        refreshing,
        new Queueing(capacity, batch, pause, close),
        source);
  }

  /** The key is a secret. */
  @Override
  public String toString() {
    return "ClientOptions[address=" + address + ", bootstrap=" + bootstrap + "]";
  }
}
