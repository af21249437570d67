package io.armwise.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Asks for arms and tells what came of them.
 *
 * <pre>{@code
 * try (ArmwiseClient armwise = ArmwiseClient.connect(ClientOptions.of(address, key))) {
 *   String color = armwise.stringValue("checkout-button", "user-17", "red");
 *   armwise.outcome("user-17", "purchase", 1);
 * }
 * }</pre>
 *
 * <p>One client per process. Nothing here waits for the network, and nothing throws because of it:
 * deciding reads memory, events go to a bounded queue. All implementations are thread-safe.
 */
public interface ArmwiseClient extends AutoCloseable {

  /**
   * A client of a service. It returns once the first snapshot is there, or {@link
   * ClientOptions.Patience#start} has passed; then it goes on trying in the background.
   */
  static ArmwiseClient connect(ClientOptions options) {
    return LocalClient.start(options);
  }

  /**
   * The arm of a unit that is going to see it. Where the experiment says that deciding is showing,
   * this is the exposure.
   *
   * @param experiment key
   * @param unit id, 1 to 256 bytes in UTF-8
   * @param attributes what the experiment's conditions look at: {@code String}, {@code Boolean},
   *     numbers, {@code List} and {@code Map} of them
   */
  Decision decide(String experiment, String unit, Map<String, ?> attributes);

  /** The arm of a unit of which nothing is known. */
  default Decision decide(String experiment, String unit) {
    return decide(experiment, unit, Map.of());
  }

  /** The arm of a unit that may never see it: never an exposure. */
  Decision prefetch(String experiment, String unit, Map<String, ?> attributes);

  /**
   * Tells that the arm was shown. A repetition soon after costs nothing and changes nothing; nor
   * does a decision from which nothing is learned.
   */
  void exposed(Decision decision);

  /**
   * Tells what a unit did; credited to every experiment that shows the unit and has the metric.
   *
   * @param unit id
   * @param metric key
   * @param value finite; 1 for "it happened"
   * @throws IllegalArgumentException if the value is NaN or infinite, or a key is empty
   */
  void outcome(String unit, String metric, double value);

  /** The payload of the unit's arm if it is text, otherwise {@code fallback}. */
  default String stringValue(String experiment, String unit, String fallback) {
    return decide(experiment, unit).payloadOrNull() instanceof String text ? text : fallback;
  }

  /** The payload of the unit's arm if it is true or false, otherwise {@code fallback}. */
  default boolean booleanValue(String experiment, String unit, boolean fallback) {
    return decide(experiment, unit).payloadOrNull() instanceof Boolean truth ? truth : fallback;
  }

  /** The payload of the unit's arm if it is a whole number, otherwise {@code fallback}. */
  default long longValue(String experiment, String unit, long fallback) {
    return decide(experiment, unit).payloadOrNull() instanceof Long number ? number : fallback;
  }

  /** The payload of the unit's arm if it is a number, otherwise {@code fallback}. */
  default double doubleValue(String experiment, String unit, double fallback) {
    return decide(experiment, unit).payloadOrNull() instanceof Number number
        ? number.doubleValue()
        : fallback;
  }

  /** The payload of the unit's arm if it is an object, otherwise {@code fallback}. */
  default Map<?, ?> objectValue(String experiment, String unit, Map<?, ?> fallback) {
    return decide(experiment, unit).payloadOrNull() instanceof Map<?, ?> object ? object : fallback;
  }

  /** The payload of the unit's arm if it is a list, otherwise {@code fallback}. */
  default List<?> listValue(String experiment, String unit, List<?> fallback) {
    return decide(experiment, unit).payloadOrNull() instanceof List<?> list ? list : fallback;
  }

  /** How the client is. */
  ClientStatus status();

  /**
   * Waits until everything that was told before is stored by the service.
   *
   * @return whether it is; false if time ran out, and then it is still being tried
   */
  boolean flush(Duration patience);

  /** Sends what is left, for at most {@link ClientOptions.Queueing#close}, and ends. */
  @Override
  void close();
}
