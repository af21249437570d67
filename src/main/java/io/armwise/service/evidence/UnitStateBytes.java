package io.armwise.service.evidence;

import io.armwise.service.evidence.UnitState.Exposure;
import io.armwise.service.evidence.UnitState.KnownBefore;
import io.armwise.service.evidence.UnitState.Outcome;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A unit's state as the bytes that the database keeps; equal states have equal bytes. Per exposure
 * 42 bytes, per outcome 37 for a small value, per retraction 16. States with covariates, or with
 * outcomes that meet conditions, have a format of their own, so that all others keep their bytes.
 */
final class UnitStateBytes {
  private static final int PLAIN = 2;
  private static final int WITH_ATTRIBUTES = 3;
  private static final int EXPOSED = 1;
  private static final int SWITCHED = 2;
  private static final int EXCLUDED = 4;
  private static final int KNOWN_BEFORE = 8;

  private UnitStateBytes() {}

  static byte[] encode(UnitState state) {
    KnownBefore before = state.before();
    boolean plain =
        before == null && state.outcomes().stream().allMatch(outcome -> outcome.meets() == 0);
    ByteBuffer out = ByteBuffer.allocate(most(state));
    Exposure exposure = state.exposure();
    out.put((byte) (plain ? PLAIN : WITH_ATTRIBUTES));
    out.put(
        (byte)
            ((exposure == null ? 0 : EXPOSED)
                | (state.switched() ? SWITCHED : 0)
                | (state.excluded() ? EXCLUDED : 0)
                | (before == null ? 0 : KNOWN_BEFORE)));
    if (exposure != null) {
      out.putShort((short) exposure.arm());
      out.putLong(exposure.atMicros());
      out.putLong(exposure.share());
      put(out, exposure.id());
      out.putLong(exposure.receivedMicros());
    }
    out.putInt(state.outcomes().size());
    for (Outcome outcome : state.outcomes()) {
      out.putShort((short) outcome.name());
      out.putLong(outcome.atMicros());
      put(out, outcome.value());
      put(out, outcome.id());
      out.putLong(outcome.receivedMicros());
      if (!plain) {
        out.putLong(outcome.meets());
      }
    }
    out.putInt(state.retracted().size());
    state.retracted().forEach(id -> put(out, id));
    if (before != null) {
      put(out, before);
    }
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  /** No state takes more: a value has at most 22 digits, which fit into 10 bytes. */
  private static int most(UnitState state) {
    KnownBefore before = state.before();
    return 2
        + 42
        + 4
        + 56 * state.outcomes().size()
        + 4
        + 16 * state.retracted().size()
        + (before == null ? 0 : 33 + 13 * before.values().size());
  }

  private static void put(ByteBuffer out, KnownBefore before) {
    out.putLong(before.atMicros());
    put(out, before.id());
    out.putLong(before.receivedMicros());
    out.put((byte) before.values().size());
    for (KnownBefore.Value value : before.values()) {
      out.put((byte) value.name());
      put(out, value.value());
    }
  }

  private static void put(ByteBuffer out, BigDecimal value) {
    byte[] digits = value.unscaledValue().toByteArray();
    out.put((byte) value.scale());
    out.put((byte) digits.length);
    out.put(digits);
  }

  private static void put(ByteBuffer out, UUID id) {
    out.putLong(id.getMostSignificantBits());
    out.putLong(id.getLeastSignificantBits());
  }

  /** The state that {@link #encode} wrote. */
  static UnitState decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      int format = in.get();
      if (format != PLAIN && format != WITH_ATTRIBUTES) {
        throw new IllegalStateException("unit state has the unknown format " + format);
      }
      int flags = in.get();
      Exposure exposure =
          (flags & EXPOSED) == 0
              ? null
              : new Exposure(in.getShort(), in.getLong(), in.getLong(), id(in), in.getLong());
      int size = in.getInt();
      List<Outcome> outcomes = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        outcomes.add(
            new Outcome(
                in.getShort(),
                in.getLong(),
                value(in),
                id(in),
                in.getLong(),
                format == PLAIN ? 0 : in.getLong()));
      }
      int retractions = in.getInt();
      List<UUID> retracted = new ArrayList<>(retractions);
      for (int i = 0; i < retractions; i++) {
        retracted.add(id(in));
      }
      return new UnitState(
          exposure,
          (flags & SWITCHED) != 0,
          (flags & EXCLUDED) != 0,
          outcomes,
          retracted,
          (flags & KNOWN_BEFORE) == 0 ? null : knownBefore(in));
    } catch (BufferUnderflowException e) {
      throw new IllegalStateException("unit state is cut off", e);
    }
  }

  private static KnownBefore knownBefore(ByteBuffer in) {
    long at = in.getLong();
    UUID id = id(in);
    long received = in.getLong();
    int size = in.get();
    List<KnownBefore.Value> values = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      values.add(new KnownBefore.Value(in.get(), value(in)));
    }
    return new KnownBefore(at, id, received, values);
  }

  private static BigDecimal value(ByteBuffer in) {
    int scale = in.get();
    byte[] digits = new byte[in.get()];
    in.get(digits);
    return new BigDecimal(new BigInteger(digits), scale);
  }

  private static UUID id(ByteBuffer in) {
    return new UUID(in.getLong(), in.getLong());
  }
}
