package io.armwise.client;

import io.armwise.bandits.decision.Targeting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a client works. {@link #of} has good values; the {@code with…} methods change one each.
 *
 * @param address of the service, such as {@code https://armwise.example}; null to work offline
 * @param key an API key with the roles {@code serve} and {@code ingest}
 * @param bootstrap a snapshot to start from, read if the service does not answer; null for none
 * @param keepBootstrap whether to replace that file whenever the snapshot changes
 * @param conditions compiles conditions; experiments that have one are unavailable without it
 * @param startPatience how long to wait for the first snapshot
 * @param requestPatience how long to wait for an answer
 * @param refresh how often to ask for changes while there is no stream
 * @param jitter a change is fetched after a random part of this, so that not all clients come at
 *     once
 * @param staleAfter from what age on decisions are marked
 * @param queueCapacity how many events may wait; more are dropped and counted
 * @param batchSize how many events are sent at once, at most 10,000
 * @param batchPause how long an event waits for others
 * @param closePatience how long closing may take to send what is left
 * @param source {@code source} of the events
 */
public record ClientOptions(
    @Nullable URI address,
    String key,
    @Nullable Path bootstrap,
    boolean keepBootstrap,
    Targeting.Compiler conditions,
    Duration startPatience,
    Duration requestPatience,
    Duration refresh,
    Duration jitter,
    Duration staleAfter,
    int queueCapacity,
    int batchSize,
    Duration batchPause,
    Duration closePatience,
    String source) {

  /** Guards the sizes. */
  public ClientOptions {
    if (!(batchSize >= 1 && batchSize <= 10_000)) {
      throw new IllegalArgumentException("batchSize must be in [1, 10000], got " + batchSize);
    }
    if (!(queueCapacity >= batchSize)) {
      throw new IllegalArgumentException(
          "queueCapacity must be at least batchSize " + batchSize + ", got " + queueCapacity);
    }
    if (refresh.isNegative() || refresh.isZero() || jitter.isNegative()) {
      throw new IllegalArgumentException(
          "refresh must be > 0 and jitter >= 0, got " + refresh + " and " + jitter);
    }
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
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Duration.ofSeconds(1),
        Duration.ofSeconds(60),
        10_000,
        500,
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        "/armwise/client/java");
  }

  /**
   * Starts from a file if the service does not answer.
   *
   * @param keep whether to replace it whenever the snapshot changes
   */
  public ClientOptions withBootstrap(Path file, boolean keep) {
    return new ClientOptions(
        address,
        key,
        file,
        keep,
        conditions,
        startPatience,
        requestPatience,
        refresh,
        jitter,
        staleAfter,
        queueCapacity,
        batchSize,
        batchPause,
        closePatience,
        source);
  }

  /** Decides experiments with conditions, too. */
  public ClientOptions withConditions(Targeting.Compiler compiler) {
    return new ClientOptions(
        address,
        key,
        bootstrap,
        keepBootstrap,
        compiler,
        startPatience,
        requestPatience,
        refresh,
        jitter,
        staleAfter,
        queueCapacity,
        batchSize,
        batchPause,
        closePatience,
        source);
  }

  /** Waits this long for the first snapshot and, at most, for each answer. */
  public ClientOptions withPatience(Duration start, Duration request) {
    return new ClientOptions(
        address,
        key,
        bootstrap,
        keepBootstrap,
        conditions,
        start,
        request,
        refresh,
        jitter,
        staleAfter,
        queueCapacity,
        batchSize,
        batchPause,
        closePatience,
        source);
  }

  /** Asks for changes this often where there is no stream, and spreads its questions. */
  public ClientOptions withRefresh(Duration every, Duration spread, Duration stale) {
    return new ClientOptions(
        address,
        key,
        bootstrap,
        keepBootstrap,
        conditions,
        startPatience,
        requestPatience,
        every,
        spread,
        stale,
        queueCapacity,
        batchSize,
        batchPause,
        closePatience,
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
        startPatience,
        requestPatience,
        refresh,
        jitter,
        staleAfter,
        capacity,
        batch,
        pause,
        close,
        source);
  }

  /** The key is a secret. */
  @Override
  public String toString() {
    return "ClientOptions[address=" + address + ", bootstrap=" + bootstrap + "]";
  }
}
