package io.armwise.service.archive;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 over records as the log has them, whatever file they lie in: per record its offset, its
 * time in milliseconds, key, value, and its headers with names, each run of bytes after its length
 * (-1 for none). One owner.
 */
final class RecordDigest {
  private final MessageDigest sha256 = sha256();

  void add(ConsumerRecord<byte[], byte[]> record) {
    sha256.update(
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(record.offset())
            .putLong(record.timestamp())
            .flip());
    addBytes(record.key());
    addBytes(record.value());
    for (Header header : record.headers()) {
      addBytes(header.key().getBytes(StandardCharsets.UTF_8));
      addBytes(header.value());
    }
    addBytes(null);
  }

  private void addBytes(byte @Nullable [] bytes) {
    int length = bytes == null ? -1 : bytes.length;
    sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
    if (bytes != null) {
      sha256.update(bytes);
    }
  }

  /** The digest of all records so far; the next one begins anew. */
  String take() {
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
