package io.armwise.service.event;

import io.armwise.bandits.assignment.UnitHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;

/**
 * What makes an event unique, as 128 bits of a SHA-256. Two ids never need comparing in full: a
 * collision among 10^12 events has probability below 10^-14.
 */
public final class EventId {
  // To look one up costs more than to hash an id.
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(EventId::sha256);

  private EventId() {}

  /** CloudEvents: source and id together are unique. */
  public static UUID of(String source, String id) {
    return hash("event", source, id);
  }

  /**
   * With unit {@code request}, a decision is exposed at most once. The arm belongs to the id: a
   * caller that reports one request under two arms gets two units, never an arm with outcomes but
   * without units.
   */
  public static UUID ofExposure(int experiment, int arm, UnitHash request) {
    return hash("exposure", experiment + "/" + arm, request.hex());
  }

  /** With unit {@code request}, a decision has at most one outcome per metric. */
  public static UUID ofOutcome(int experiment, UnitHash request, String metric) {
    return hash("outcome", experiment + "/" + metric, request.hex());
  }

  private static UUID hash(String kind, String first, String second) {
    byte[] firstBytes = first.getBytes(StandardCharsets.UTF_8);
    // The length keeps ("a", "bc") apart from ("ab", "c").
    byte[] head = (kind + ':' + firstBytes.length + ':').getBytes(StandardCharsets.UTF_8);
    byte[] secondBytes = second.getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(head, head.length + firstBytes.length + secondBytes.length);
    System.arraycopy(firstBytes, 0, all, head.length, firstBytes.length);
    System.arraycopy(secondBytes, 0, all, head.length + firstBytes.length, secondBytes.length);
    ByteBuffer hash = ByteBuffer.wrap(SHA_256.get().digest(all));
    return new UUID(hash.getLong(), hash.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
