package io.armwise.service.evidence;

import io.armwise.service.evidence.UnitState.Exposure;
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
 * 42 bytes, per outcome 37 for a small value, per retraction 16.
 */
final class UnitStateBytes {
  private static final int FORMAT = 2;
  private static final int EXPOSED = 1;
  private static final int SWITCHED = 2;
  private static final int EXCLUDED = 4;

  private UnitStateBytes() {}

  static byte[] encode(UnitState state) {
    List<byte[]> digits = new ArrayList<>(state.outcomes().size());
    int length = 2 + 42 + 4 + 4 + 16 * state.retracted().size();
    for (Outcome outcome : state.outcomes()) {
      byte[] unscaled = outcome.value().unscaledValue().toByteArray();
      digits.add(unscaled);
      length += 36 + unscaled.length;
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    Exposure exposure = state.exposure();
    out.put((byte) FORMAT);
    out.put(
        (byte)
            ((exposure == null ? 0 : EXPOSED)
                | (state.switched() ? SWITCHED : 0)
                | (state.excluded() ? EXCLUDED : 0)));
    if (exposure != null) {
      out.putShort((short) exposure.arm());
      out.putLong(exposure.atMicros());
      out.putLong(exposure.share());
      put(out, exposure.id());
      out.putLong(exposure.receivedMicros());
    }
    out.putInt(state.outcomes().size());
    for (int i = 0; i < digits.size(); i++) {
      Outcome outcome = state.outcomes().get(i);
      out.putShort((short) outcome.name());
      out.putLong(outcome.atMicros());
      out.put((byte) outcome.value().scale());
      out.put((byte) digits.get(i).length);
      out.put(digits.get(i));
      put(out, outcome.id());
      out.putLong(outcome.receivedMicros());
    }
    out.putInt(state.retracted().size());
    state.retracted().forEach(id -> put(out, id));
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  /** The state that {@link #encode} wrote. */
  static UnitState decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      int format = in.get();
      if (format != FORMAT) {
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
        int name = in.getShort();
        long at = in.getLong();
        int scale = in.get();
        byte[] digits = new byte[in.get()];
        in.get(digits);
        BigDecimal value = new BigDecimal(new BigInteger(digits), scale);
        outcomes.add(new Outcome(name, at, value, id(in), in.getLong()));
      }
      int retractions = in.getInt();
      List<UUID> retracted = new ArrayList<>(retractions);
      for (int i = 0; i < retractions; i++) {
        retracted.add(id(in));
      }
      return new UnitState(
          exposure, (flags & SWITCHED) != 0, (flags & EXCLUDED) != 0, outcomes, retracted);
    } catch (BufferUnderflowException e) {
      throw new IllegalStateException("unit state is cut off", e);
    }
  }

  private static void put(ByteBuffer out, UUID id) {
    out.putLong(id.getMostSignificantBits());
    out.putLong(id.getLeastSignificantBits());
  }

  private static UUID id(ByteBuffer in) {
    return new UUID(in.getLong(), in.getLong());
  }
}
