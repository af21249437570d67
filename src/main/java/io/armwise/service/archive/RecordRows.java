package io.armwise.service.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.simulations.parquet.Column;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Records of the log as rows of a table, and back. */
final class RecordRows {
  /** Columns without gaps; what a record lacks is empty and said to be absent. */
  static final List<Column> COLUMNS =
      List.of(
          new Column("log_offset", Column.Kind.WHOLE),
          new Column("received_at_ms", Column.Kind.WHOLE),
          new Column("has_key", Column.Kind.FLAG),
          new Column("key", Column.Kind.BYTES),
          new Column("has_value", Column.Kind.FLAG),
          new Column("value", Column.Kind.BYTES),
          new Column("headers", Column.Kind.TEXT));

  private static final byte[] NONE = new byte[0];

  private RecordRows() {}

  static Object[] row(ConsumerRecord<byte[], byte[]> record) {
    return new Object[] {
      record.offset(),
      record.timestamp(),
      record.key() != null,
      record.key() == null ? NONE : record.key(),
      record.value() != null,
      record.value() == null ? NONE : record.value(),
      headers(record.headers())
    };
  }

  static ConsumerRecord<byte[], byte[]> record(String topic, int partition, Object[] row)
      throws IOException {
    byte @Nullable [] key = (boolean) row[2] ? (byte[]) row[3] : null;
    byte @Nullable [] value = (boolean) row[4] ? (byte[]) row[5] : null;
    return new ConsumerRecord<>(
        topic,
        partition,
        (long) row[0],
        (long) row[1],
        TimestampType.LOG_APPEND_TIME,
        key == null ? -1 : key.length,
        value == null ? -1 : value.length,
        key,
        value,
        headers((String) row[6]),
        Optional.empty());
  }

  /** A list of pairs of name and bytes; most records have none, which is the empty text. */
  private static String headers(Headers headers) {
    ArrayNode pairs = StrictJson.MAPPER.createArrayNode();
    for (Header header : headers) {
      ArrayNode pair = pairs.addArray().add(header.key());
      if (header.value() == null) {
        pair.addNull();
      } else {
        pair.add(header.value());
      }
    }
    return pairs.isEmpty() ? "" : StrictJson.write(pairs);
  }

  private static Headers headers(String written) throws IOException {
    Headers headers = new RecordHeaders();
    if (!written.isEmpty()) {
      for (JsonNode pair : StrictJson.tree(written)) {
        JsonNode value = pair.path(1);
        headers.add(pair.path(0).asText(), value.isTextual() ? value.binaryValue() : null);
      }
    }
    return headers;
  }
}
