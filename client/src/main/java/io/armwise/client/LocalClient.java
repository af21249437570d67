package io.armwise.client;

import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.decision.Choice;
import io.armwise.bandits.decision.Question;
import io.armwise.client.ClientSnapshot.ArmDetails;
import io.armwise.client.ClientSnapshot.Details;
import io.armwise.client.Decision.Cause;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides from a snapshot in memory: one volatile read, a hash and a look-up. Thread-safe: the
 * snapshot is immutable and replaced by one reference.
 */
final class LocalClient implements ArmwiseClient {
  private final ClientOptions options;
  private final @Nullable EventQueue events;
  private final @Nullable SnapshotRefresh refresh;
  private final RecentExposures exposures = new RecentExposures();
  private final CountDownLatch started = new CountDownLatch(1);
  private volatile @Nullable Known known;
  private volatile @Nullable String lastFailure;

  /**
   * A snapshot, and when it was how old.
   *
   * @param ticks a reading of {@link System#nanoTime}, which never jumps
   */
  private record Known(ClientSnapshot snapshot, Duration ageThen, long ticks) {
    Duration age() {
      return ageThen.plusNanos(System.nanoTime() - ticks);
    }
  }

  private LocalClient(ClientOptions options) {
    this.options = options;
    URI address = options.address();
    if (address == null) {
      events = null;
      refresh = null;
      return;
    }
    ServiceConnection service =
        new ServiceConnection(address, options.key(), options.patience().request());
    events =
        new EventQueue(
            service,
            options.queueing().capacity(),
            options.queueing().batchSize(),
            options.queueing().pause());
    refresh =
        new SnapshotRefresh(
            service, new Receiver(), options.refreshing().every(), options.refreshing().jitter());
  }

  static LocalClient start(ClientOptions options) {
    LocalClient client = new LocalClient(options);
    if (client.refresh != null) {
      client.refresh.start();
      client.awaitFirst();
    }
    if (client.known == null) {
      client.readBootstrap();
    }
    return client;
  }

  private void awaitFirst() {
    try {
      boolean unusedInTime =
          started.await(options.patience().start().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readBootstrap() {
    if (options.bootstrap() == null) {
      return;
    }
    try {
      ClientSnapshot snapshot =
          ClientSnapshot.parse(new BootstrapFile(options.bootstrap()).read(), options.conditions());
      synchronized (this) {
        if (known == null) { // the service may have answered meanwhile
          // Nobody knows how old a file is; it counts as just too old.
          known =
              new Known(
                  snapshot, options.refreshing().staleAfter().plusNanos(1), System.nanoTime());
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      lastFailure = "bootstrap: " + e;
    }
  }

  /** Takes news from the refreshing thread. */
  private final class Receiver implements SnapshotRefresh.Receiver {
    @Override
    public void changed(String json, Duration age) {
      ClientSnapshot snapshot = ClientSnapshot.parse(json, options.conditions());
      synchronized (LocalClient.this) {
        known = new Known(snapshot, age, System.nanoTime());
      }
      started.countDown();
      if (options.keepBootstrap() && options.bootstrap() != null) {
        try {
          new BootstrapFile(options.bootstrap()).replace(json);
        } catch (IOException e) {
          lastFailure = "bootstrap: " + e;
        }
      }
    }

    @Override
    public void verified(Duration age) {
      Known now = known;
      if (now != null) {
        known = new Known(now.snapshot(), age, System.nanoTime());
      }
    }

    @Override
    public void failed(String why) {
      lastFailure = "snapshot: " + why;
      started.countDown(); // the bootstrap file is better than waiting
    }
  }

  @Override
  public Decision decide(String experiment, String unit, Map<String, ?> attributes) {
    return decide(experiment, unit, attributes, true);
  }

  @Override
  public Decision prefetch(String experiment, String unit, Map<String, ?> attributes) {
    return decide(experiment, unit, attributes, false);
  }

  private Decision decide(
      String experiment, String unit, Map<String, ?> attributes, boolean shown) {
    Known now = known;
    if (now == null) {
      return new Decision.Unavailable(experiment, unit, Cause.NO_SNAPSHOT);
    }
    ClientSnapshot snapshot = now.snapshot();
    Details details = snapshot.details().get(experiment);
    if (details == null) {
      Cause cause =
          snapshot.unsupported().contains(experiment)
              ? Cause.CONDITION_NOT_SUPPORTED
              : Cause.UNKNOWN_EXPERIMENT;
      return new Decision.Unavailable(experiment, unit, cause);
    }
    UnitHash hash;
    try {
      hash = UnitHash.of(unit);
    } catch (IllegalArgumentException e) {
      return new Decision.Unavailable(experiment, unit, Cause.INVALID_UNIT);
    }
    Question question = Question.of(hash, Attributes.of(attributes));
    Choice choice = snapshot.table().decide(details.plan(), question);
    ArmDetails arm = details.arms().get(choice.arm());
    boolean evidence = details.isEvidence(choice);
    if (shown && evidence && details.shownWhenDecided()) {
      exposed(details.experiment(), details.id(), unit, hash, arm.key(), choice.propensity());
    }
    return new Decision.Made(
        experiment,
        unit,
        arm.key(),
        arm.name(),
        arm.payload(),
        choice.propensity(),
        choice.version(),
        details.reason(choice),
        evidence,
        isStale(now));
  }

  private boolean isStale(Known now) {
    return now.age().compareTo(options.refreshing().staleAfter()) > 0;
  }

  @Override
  public void exposed(Decision decision) {
    Known now = known;
    if (now != null && decision instanceof Decision.Made made && made.evidence()) {
      Details details = now.snapshot().details().get(made.experiment());
      int id = details == null ? -1 : details.id();
      String experiment = details == null ? made.experiment() : details.experiment();
      if (details == null || !details.isFlag()) {
        UnitHash hash = UnitHash.of(made.unit());
        exposed(experiment, id, made.unit(), hash, made.arm(), made.propensity());
      }
    }
  }

  private void exposed(
      String experiment, int id, String unit, UnitHash hash, String arm, double propensity) {
    long exposure = RecentExposures.hash(id, arm, hash);
    if (events == null || !exposures.isNew(exposure)) {
      return;
    }
    StringBuilder event = event("io.armwise.exposure.v1");
    event.append("\"unit\":");
    Json.quote(event, unit);
    event.append(",\"experiment\":");
    Json.quote(event, experiment);
    event.append(",\"arm\":");
    Json.quote(event, arm);
    event.append(",\"propensity\":").append(propensity).append("}}");
    if (!events.add(event.toString())) {
      exposures.forget(exposure);
    }
  }

  @Override
  public void outcome(String unit, String metric, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("value must be finite, got " + value);
    }
    if (unit.isEmpty() || metric.isEmpty()) {
      throw new IllegalArgumentException(
          "unit and metric must not be empty, got '" + unit + "' and '" + metric + "'");
    }
    if (events == null) {
      return;
    }
    StringBuilder event = event("io.armwise.outcome.v1");
    event.append("\"unit\":");
    Json.quote(event, unit);
    event.append(",\"metric\":");
    Json.quote(event, metric);
    event.append(",\"value\":").append(value).append("}}");
    events.add(event.toString());
  }

  /** The event up to its data; the id is made here, once, so that it survives every repetition. */
  private StringBuilder event(String type) {
    StringBuilder event = new StringBuilder(256);
    event.append("{\"specversion\":\"1.0\",\"type\":\"").append(type).append("\",\"source\":");
    Json.quote(event, options.source());
    event.append(",\"id\":\"").append(UUID.randomUUID());
    return event.append("\",\"time\":\"").append(Instant.now()).append("\",\"data\":{");
  }

  @Override
  public ClientStatus status() {
    Known now = known;
    String failure = lastFailure;
    if (failure == null && events != null) {
      failure = events.lastFailure();
    }
    return new ClientStatus(
        now == null ? -1 : now.snapshot().sequence(),
        now == null ? null : now.age(),
        now == null || isStale(now),
        now == null ? List.of() : now.snapshot().unsupported(),
        events == null ? 0 : events.queued(),
        events == null ? 0 : events.stored(),
        events == null ? 0 : events.refused(),
        events == null ? 0 : events.dropped(),
        failure);
  }

  @Override
  public boolean flush(Duration patience) {
    return events == null || events.flush(patience);
  }

  @Override
  public void close() {
    if (refresh != null) {
      refresh.stop();
    }
    if (events != null) {
      events.close(options.queueing().close());
    }
  }
}
