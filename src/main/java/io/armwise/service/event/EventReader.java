package io.armwise.service.event;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.experiment.Key;
import io.armwise.bandits.experiment.Violation;
import io.armwise.bandits.token.DecisionToken;
import io.armwise.bandits.token.DecisionTokens;
import io.armwise.bandits.token.TokenReading;
import io.armwise.service.event.Event.ArmReference;
import io.armwise.service.event.EventReading.Refused;
import io.armwise.service.event.EventReading.Understood;
import io.armwise.service.platform.json.StrictJson;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads CloudEvents 1.0 in their JSON form. The same reader serves the HTTP intake and the
 * aggregator, so what the intake accepts the aggregator understands. Thread-safe.
 *
 * <p>Times are kept to the microsecond, values to {@value #VALUE_SCALE} decimals, rounded half to
 * even; both before anything is computed from them.
 */
@Singleton
public final class EventReader {
  /** An arm has been shown. */
  public static final String EXPOSURE = "io.armwise.exposure.v1";

  /** Something a metric counts has happened. */
  public static final String OUTCOME = "io.armwise.outcome.v1";

  /** Something has turned out not to have happened. */
  public static final String RETRACTION = "io.armwise.retraction.v1";

  /** The largest event, in bytes of JSON. */
  public static final int MAX_EVENT_BYTES = 64 * 1024;

  /** Decimals of a value that are kept. */
  public static final int VALUE_SCALE = 9;

  /** The largest value, in absolute terms. */
  public static final BigDecimal MAX_VALUE = new BigDecimal("1e12");

  /** How far a clock may be ahead of ours. */
  public static final Duration MAX_CLOCK_LEAD = Duration.ofMinutes(10);

  /** The attribute that tells when the sender's clock sent the event. */
  static final String SENT_AT = "sentat";

  private static final int MAX_ID = 256;
  private static final int MAX_MEMBERS = 50;
  private static final Set<String> EXPOSURE_FIELDS =
      Set.of("decision", "unit", "unitHash", "experiment", "arm", "propensity", "covariates");
  private static final Set<String> OUTCOME_FIELDS =
      Set.of(
          "decision",
          "unit",
          "unitHash",
          "experiment",
          "arm",
          "propensity",
          "metric",
          "value",
          "exposedAt",
          "attributes");
  private static final Set<String> RETRACTION_FIELDS =
      Set.of("decision", "unit", "unitHash", "experiment", "event");

  private final DecisionTokens tokens;
  private final PlainEventReader plain;

  EventReader(DecisionTokens tokens) {
    this.tokens = tokens;
    this.plain = new PlainEventReader(tokens);
  }

  /** Thrown and caught in this class: ends the reading of one event. */
  private static final class RefusedException extends Exception {
    private final transient Refused refused;

    RefusedException(RejectionCode code, String field, String rule, String value) {
      super(null, null, false, false);
      String shortValue = value.length() > 200 ? value.substring(0, 200) + "…" : value;
      this.refused = new Refused(code, new Violation(field, rule, shortValue));
    }
  }

  /**
   * Reads an event from bytes.
   *
   * @param bytes a JSON object
   * @param receivedAt when the log received it: the time of events without one, and the bound of
   *     those with one
   */
  public EventReading read(byte[] bytes, Instant receivedAt) {
    if (bytes.length > MAX_EVENT_BYTES) {
      return tooLarge(bytes.length);
    }
    Event event = plain.read(bytes, receivedAt);
    return event == null ? readInFull(bytes, receivedAt) : new Understood(event);
  }

  /** Reads an event however it is written; see {@link #read(byte[], Instant)}. */
  EventReading readInFull(byte[] bytes, Instant receivedAt) {
    try {
      return read(StrictJson.MAPPER.readTree(bytes), receivedAt);
    } catch (JacksonException e) {
      return new Refused(
          RejectionCode.MALFORMED, new Violation("", "must be JSON", e.getOriginalMessage()));
    } catch (IOException e) {
      return new Refused(RejectionCode.MALFORMED, new Violation("", "must be readable", "bytes"));
    }
  }

  static Refused tooLarge(int bytes) {
    return new Refused(
        RejectionCode.TOO_LARGE,
        new Violation("", "must be at most " + MAX_EVENT_BYTES + " bytes", String.valueOf(bytes)));
  }

  /** Reads an event from a tree; see {@link #read(byte[], Instant)}. */
  public EventReading read(JsonNode tree, Instant receivedAt) {
    try {
      if (!(tree instanceof ObjectNode event)) {
        throw new RefusedException(
            RejectionCode.MALFORMED, "", "must be a JSON object", tree.getNodeType().toString());
      }
      return new Understood(event(event, receivedAt));
    } catch (RefusedException e) {
      return e.refused;
    }
  }

  private Event event(ObjectNode event, Instant receivedAt) throws RefusedException {
    String version = requiredText(event, "specversion", "", 8);
    if (!version.equals("1.0")) {
      throw invalid("specversion", "must be 1.0", version);
    }
    UUID id =
        EventId.of(
            requiredText(event, "source", "", MAX_ID), requiredText(event, "id", "", MAX_ID));
    String type = requiredText(event, "type", "", MAX_ID);
    Clocks clocks = Clocks.of(event, receivedAt);
    Instant time = clocks.time(event, "time", "");
    JsonNode data = event.get("data");
    if (!(data instanceof ObjectNode fields)) {
      throw invalid("data", "must be an object", data == null ? "nothing" : data.toString());
    }
    return switch (type) {
      case EXPOSURE -> exposure(id, time, fields);
      case OUTCOME -> outcome(id, time, fields, clocks);
      case RETRACTION -> retraction(id, time, fields);
      default ->
          throw new RefusedException(
              RejectionCode.UNKNOWN_TYPE,
              "type",
              "must be " + EXPOSURE + ", " + OUTCOME + " or " + RETRACTION,
              type);
    };
  }

  private Event exposure(UUID id, Instant time, ObjectNode data) throws RefusedException {
    requireKnown(data, EXPOSURE_FIELDS);
    ArmReference reference = reference(data);
    if (reference == null) {
      throw invalid("data.arm", "is required: a decision token, or experiment and arm", "nothing");
    }
    return new Event.Exposure(
        id, time, unit(data, reference), reference, covariates(data.get("covariates")));
  }

  private Event outcome(UUID id, Instant time, ObjectNode data, Clocks clocks)
      throws RefusedException {
    requireKnown(data, OUTCOME_FIELDS);
    ArmReference reference = reference(data);
    String metric = requiredText(data, "metric", "data.", MAX_ID);
    String experiment =
        reference == null && data.has("experiment")
            ? requiredText(data, "experiment", "data.", MAX_ID)
            : null;
    Instant exposedAt = data.has("exposedAt") ? clocks.time(data, "exposedAt", "data.") : null;
    return new Event.Outcome(
        id,
        time,
        unit(data, reference),
        reference,
        experiment,
        metric,
        value("data.value", data.get("value")),
        exposedAt,
        attributes(data.get("attributes")));
  }

  private Event retraction(UUID id, Instant time, ObjectNode data) throws RefusedException {
    requireKnown(data, RETRACTION_FIELDS);
    ArmReference reference = reference(data);
    String experiment =
        reference == null && data.has("experiment")
            ? requiredText(data, "experiment", "data.", MAX_ID)
            : null;
    UUID retracted = null;
    if (data.has("event")) {
      if (!(data.get("event") instanceof ObjectNode named)) {
        throw invalid("data.event", "must be an object with source and id", text(data, "event"));
      }
      retracted =
          EventId.of(
              requiredText(named, "source", "data.event.", MAX_ID),
              requiredText(named, "id", "data.event.", MAX_ID));
    }
    return new Event.Retraction(id, time, unit(data, reference), reference, experiment, retracted);
  }

  private @Nullable ArmReference reference(ObjectNode data) throws RefusedException {
    if (data.has("decision")) {
      for (String field : new String[] {"experiment", "arm", "propensity"}) {
        if (data.has(field)) {
          throw invalid(
              "data." + field,
              "is told by the decision token; send one of both",
              text(data, field));
        }
      }
      return new ArmReference.ByToken(token(requiredText(data, "decision", "data.", 1_000)));
    }
    if (!data.has("arm")) {
      return null;
    }
    return new ArmReference.ByName(
        requiredKey(data, "experiment"), requiredKey(data, "arm"), share(data));
  }

  private DecisionToken token(String text) throws RefusedException {
    return switch (tokens.decode(text)) {
      case TokenReading.Valid(DecisionToken token, int keyId) -> token;
      case TokenReading.Malformed(String reason) ->
          throw new RefusedException(
              RejectionCode.MALFORMED_TOKEN,
              "data.decision",
              "must be a decision token: " + reason,
              text);
      case TokenReading.UnknownKey(int keyId) ->
          throw forged("must be signed with a key of this service; key " + keyId + " is not", text);
      case TokenReading.Forged(int keyId) ->
          throw forged("must bear this service's signature", text);
    };
  }

  private static RefusedException forged(String rule, String text) {
    return new RefusedException(RejectionCode.FORGED_TOKEN, "data.decision", rule, text);
  }

  private static long share(ObjectNode data) throws RefusedException {
    JsonNode propensity = data.get("propensity");
    if (propensity == null) {
      return 0;
    }
    long share = propensity.isNumber() ? Math.round(propensity.doubleValue() * Shares.TOTAL) : -1;
    if (!(share > 0 && share <= Shares.TOTAL)) {
      throw invalid("data.propensity", "must be a number in (0, 1]", propensity.toString());
    }
    return share;
  }

  private static UnitHash unit(ObjectNode data, @Nullable ArmReference reference)
      throws RefusedException {
    UnitHash named = null;
    if (data.has("unit")) {
      try {
        named = UnitHash.of(requiredText(data, "unit", "data.", Integer.MAX_VALUE));
      } catch (IllegalArgumentException e) {
        throw invalid("data.unit", String.valueOf(e.getMessage()), text(data, "unit"));
      }
    } else if (data.has("unitHash")) {
      String hex = requiredText(data, "unitHash", "data.", 64);
      named =
          UnitHash.ofHex(hex)
              .orElseThrow(() -> invalid("data.unitHash", "must be 32 hexadecimal digits", hex));
    }
    if (reference instanceof ArmReference.ByToken(DecisionToken token)) {
      if (named != null && !named.equals(token.unit())) {
        throw invalid(
            "data.unit", "must be the unit of the decision token, or be left out", named.hex());
      }
      return token.unit();
    }
    if (named == null) {
      throw invalid("data.unit", "is required without a decision token", "nothing");
    }
    return named;
  }

  private static Map<String, BigDecimal> covariates(@Nullable JsonNode given)
      throws RefusedException {
    Map<String, BigDecimal> covariates = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : members("data.covariates", given)) {
      covariates.put(each.getKey(), value("data.covariates." + each.getKey(), each.getValue()));
    }
    return covariates;
  }

  private static Map<String, Object> attributes(@Nullable JsonNode given) throws RefusedException {
    Map<String, Object> attributes = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : members("data.attributes", given)) {
      JsonNode value = each.getValue();
      if (value.isTextual()) {
        attributes.put(each.getKey(), value.textValue());
      } else if (value.isBoolean()) {
        attributes.put(each.getKey(), value.booleanValue());
      } else if (value.isIntegralNumber() && value.canConvertToLong()) {
        attributes.put(each.getKey(), value.longValue());
      } else if (value.isNumber() && Double.isFinite(value.doubleValue())) {
        attributes.put(each.getKey(), value.doubleValue());
      } else if (!value.isNull()) {
        throw invalid(
            "data.attributes." + each.getKey(),
            "must be text, a number, true or false",
            "" + value);
      }
    }
    return attributes;
  }

  private static Set<Map.Entry<String, JsonNode>> members(String field, @Nullable JsonNode given)
      throws RefusedException {
    if (given == null) {
      return Set.of();
    }
    if (!given.isObject() || given.size() > MAX_MEMBERS) {
      throw invalid(
          field, "must be an object with at most " + MAX_MEMBERS + " members", given.toString());
    }
    return given.properties();
  }

  private static BigDecimal value(String field, @Nullable JsonNode node) throws RefusedException {
    if (node == null) {
      return BigDecimal.ONE;
    }
    if (!node.isNumber() && !node.isBoolean()) {
      throw invalid(field, "must be a number, true or false", node.toString());
    }
    BigDecimal value =
        node.isBoolean()
            ? (node.booleanValue() ? BigDecimal.ONE : BigDecimal.ZERO)
            : node.decimalValue();
    // Look at the magnitude before rounding: 1e999999999 and 1e-999999999 would take forever to
    // write out. A value lies below 10 to the power of this.
    long magnitude = (long) value.precision() - value.scale();
    if (value.signum() != 0 && (magnitude > 13 || value.abs().compareTo(MAX_VALUE) > 0)) {
      throw invalid(field, "must be between -1e12 and 1e12", node.toString());
    }
    if (value.signum() == 0 || magnitude < -VALUE_SCALE) {
      return BigDecimal.ZERO;
    }
    return value.scale() > VALUE_SCALE
        ? value.setScale(VALUE_SCALE, RoundingMode.HALF_EVEN)
        : value;
  }

  /**
   * Reads times and puts a sender's wrong clock right.
   *
   * @param receivedAt when the log received the event
   * @param lead how far the sender's clock is ahead of ours, zero if it does not tell
   */
  private record Clocks(Instant receivedAt, Duration lead) {

    /** What the sender's {@code sentat} tells: received and sent were the same moment. */
    static Clocks of(ObjectNode event, Instant receivedAt) throws RefusedException {
      String field = event.has(SENT_AT) ? SENT_AT : "sentAt";
      return new Clocks(
          receivedAt,
          event.has(field) ? Duration.between(receivedAt, parse(event, field, "")) : Duration.ZERO);
    }

    Instant time(ObjectNode object, String field, String path) throws RefusedException {
      if (!object.has(field)) {
        return receivedAt.truncatedTo(ChronoUnit.MICROS);
      }
      Instant time = parse(object, field, path).minus(lead).truncatedTo(ChronoUnit.MICROS);
      String given = object.get(field).asText();
      if (time.isAfter(receivedAt.plus(MAX_CLOCK_LEAD))) {
        throw new RefusedException(
            RejectionCode.FUTURE_TIME,
            path + field,
            "must be at most 10 minutes ahead of " + receivedAt.truncatedTo(ChronoUnit.SECONDS),
            given);
      }
      if (time.isBefore(Instant.EPOCH)) {
        throw invalid(path + field, "must be after 1970", given);
      }
      return time;
    }

    private static Instant parse(ObjectNode object, String field, String path)
        throws RefusedException {
      String given = object.get(field).asText();
      try {
        return OffsetDateTime.parse(given).toInstant();
      } catch (DateTimeException e) {
        throw invalid(
            path + field, "must be an RFC 3339 time, such as 2026-01-31T09:30:00Z", given);
      }
    }
  }

  private static void requireKnown(ObjectNode data, Set<String> known) throws RefusedException {
    for (Iterator<String> names = data.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw new RefusedException(
            RejectionCode.UNKNOWN_FIELD,
            "data." + name,
            "does not exist; known are " + known.stream().sorted().toList(),
            text(data, name));
      }
    }
  }

  private static String requiredKey(ObjectNode data, String field) throws RefusedException {
    String key = requiredText(data, field, "data.", 1_000);
    if (!Key.isValid(key)) {
      throw invalid("data." + field, Key.RULE, key);
    }
    return key;
  }

  private static String requiredText(ObjectNode object, String field, String path, int maximum)
      throws RefusedException {
    JsonNode node = object.get(field);
    if (node == null || !node.isTextual() || node.textValue().isEmpty()) {
      throw invalid(
          path + field, "is required as a string", node == null ? "nothing" : node.toString());
    }
    if (node.textValue().length() > maximum) {
      throw invalid(path + field, "must be at most " + maximum + " characters", node.textValue());
    }
    return node.textValue();
  }

  private static String text(ObjectNode object, String field) {
    return String.valueOf(object.get(field));
  }

  private static RefusedException invalid(String field, String rule, String value) {
    return new RefusedException(RejectionCode.INVALID_FIELD, field, rule, value);
  }
}
