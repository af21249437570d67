package io.armwise.service.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.armwise.service.platform.json.StrictJson;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A call of Segment's tracking API as a CloudEvent. What a call lacks the event lacks too, so that
 * the reader says what is wrong with it.
 *
 * <p>Source: Segment's specification, "Track", "Common fields" and the semantic event "Experiment
 * Viewed".
 */
final class SegmentCall {
  private static final String EXPERIMENT_VIEWED = "Experiment Viewed";

  private SegmentCall() {}

  /** Whether it is a track call; single calls need not say so. */
  static boolean isTrack(JsonNode call) {
    return call.path("type").asText("track").equals("track");
  }

  /**
   * The event.
   *
   * @param batchSentAt when the batch was sent, for calls that do not say it themselves
   */
  static ObjectNode toCloudEvent(JsonNode call, @Nullable JsonNode batchSentAt) {
    ObjectNode event = StrictJson.MAPPER.createObjectNode();
    event.put("specversion", "1.0");
    event.put("source", "segment");
    copy(call, "messageId", event, "id");
    JsonNode time = first(call, "timestamp", "originalTimestamp");
    if (time != null) {
      event.set("time", time);
      JsonNode sentAt = call.has("sentAt") ? call.get("sentAt") : batchSentAt;
      if (sentAt != null) {
        event.set(EventReader.SENT_AT, sentAt);
      }
    }
    ObjectNode data = event.putObject("data");
    JsonNode unit = first(call, "userId", "anonymousId");
    if (unit != null) {
      data.set("unit", unit);
    }
    JsonNode properties = call.path("properties");
    String name = call.path("event").asText("");
    if (name.equalsIgnoreCase(EXPERIMENT_VIEWED)) {
      event.put("type", EventReader.EXPOSURE);
      copyFirst(properties, data, "experiment", "experiment_id", "experiment_name");
      copyFirst(properties, data, "arm", "variation_id", "variation_name");
      copy(properties, "covariates", data, "covariates");
    } else {
      event.put("type", EventReader.OUTCOME);
      data.put("metric", properties.path("metric").asText(metric(name)));
      JsonNode value = first(properties, "value", "revenue");
      if (value != null) {
        data.set("value", value);
      }
      copy(properties, "attributes", data, "attributes");
    }
    return event;
  }

  /** The name as a key: {@code Order Completed} is {@code order-completed}. */
  private static String metric(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  private static void copy(JsonNode from, String field, ObjectNode to, String as) {
    copyFirst(from, to, as, field);
  }

  private static void copyFirst(JsonNode from, ObjectNode to, String as, String... fields) {
    JsonNode found = first(from, fields);
    if (found != null) {
      to.set(as, found);
    }
  }

  private static @Nullable JsonNode first(JsonNode object, String... fields) {
    for (String field : fields) {
      if (object.hasNonNull(field)) {
        return object.get(field);
      }
    }
    return null;
  }
}
