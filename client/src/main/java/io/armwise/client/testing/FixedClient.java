package io.armwise.client.testing;

import io.armwise.client.ArmwiseClient;
import io.armwise.client.ClientStatus;
import io.armwise.client.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A client that gives the arms that a test has set and remembers what it was told. Needs no
 * service. Thread-safe.
 */
public final class FixedClient implements ArmwiseClient {
  private final Map<String, Decision.Made> arms = new ConcurrentHashMap<>();
  private final List<Decision> exposures = new CopyOnWriteArrayList<>();
  private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

  /** An outcome that was told. */
  public record Outcome(String unit, String metric, double value) {}

  /**
   * Gives every unit this arm.
   *
   * @param payload as {@link Decision.Made#payload}
   * @return this
   */
  public FixedClient give(String experiment, String arm, @Nullable Object payload) {
    arms.put(
        experiment,
        new Decision.Made(experiment, "", arm, arm, payload, 1, 1, "allocated", true, false));
    return this;
  }

  /** Makes an experiment unknown again. */
  public FixedClient takeBack(String experiment) {
    arms.remove(experiment);
    return this;
  }

  @Override
  public Decision decide(String experiment, String unit, Map<String, ?> attributes) {
    return prefetch(experiment, unit, attributes);
  }

  @Override
  public Decision prefetch(String experiment, String unit, Map<String, ?> attributes) {
    Decision.Made fixed = arms.get(experiment);
    return fixed == null
        ? new Decision.Unavailable(experiment, unit, Decision.Cause.UNKNOWN_EXPERIMENT)
        : new Decision.Made(
            experiment,
            unit,
            fixed.arm(),
            fixed.name(),
            fixed.payload(),
            fixed.propensity(),
            fixed.version(),
            fixed.reason(),
            fixed.evidence(),
            fixed.stale());
  }

  @Override
  public void exposed(Decision decision) {
    exposures.add(decision);
  }

  @Override
  public void outcome(String unit, String metric, double value) {
    outcomes.add(new Outcome(unit, metric, value));
  }

  /** The exposures that were told, in order. */
  public List<Decision> exposures() {
    return List.copyOf(exposures);
  }

  /** The outcomes that were told, in order. */
  public List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  @Override
  public ClientStatus status() {
    return new ClientStatus(1, Duration.ZERO, false, List.of(), 0, 0, 0, 0, null);
  }

  @Override
  public boolean flush(Duration patience) {
    return true;
  }

  @Override
  public void close() {
    // Nothing was opened.
  }
}
