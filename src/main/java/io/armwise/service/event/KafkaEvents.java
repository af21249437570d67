package io.armwise.service.event;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.armwise.service.platform.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents as they come through Kafka: in structured mode the value is the whole event; in
 * binary mode the attributes are headers named {@code ce_…} and the value is the data.
 */
public final class KafkaEvents {
  private static final String PREFIX = "ce_";

  private KafkaEvents() {}

  /**
   * The event in structured form.
   *
   * @param value the record's value
   * @return null for a record without a value; bytes that are not JSON if the data are not
   */
  public static byte @Nullable [] structured(Headers headers, byte @Nullable [] value) {
    if (value == null || headers.lastHeader("ce_specversion") == null) {
      return value;
    }
    ObjectNode event = StrictJson.MAPPER.createObjectNode();
    for (Header header : headers) {
      if (header.key().startsWith(PREFIX) && header.value() != null) {
        event.put(
            header.key().substring(PREFIX.length()),
            new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    try {
      event.set("data", StrictJson.MAPPER.readTree(value));
      return StrictJson.MAPPER.writeValueAsBytes(event);
    } catch (JacksonException e) {
      return value; // refused by the reader as what it is: not JSON
    } catch (IOException e) {
      throw new IllegalStateException("reading memory does not fail", e);
    }
  }
}
