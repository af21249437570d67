package io.armwise.service.evidence;

import io.armwise.bandits.experiment.MetricKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one unit in one experiment. A state is a summary of the <em>set</em> of its
 * events: folding them in any order gives the same state, bit for bit, which is why the log can be
 * read in any interleaving. Immutable.
 *
 * <p>The earliest exposure (by time, then by event id) decides the arm; outcomes within the
 * attribution window after it count, also those that came in before it.
 *
 * @param exposure the earliest exposure; null while only outcomes have come in
 * @param switched whether exposures to different arms were seen
 * @param outcomes all outcomes, sorted
 */
record UnitState(@Nullable Exposure exposure, boolean switched, List<Outcome> outcomes) {
  /** The most outcomes that a unit can have in one experiment. */
  static final int MAX_OUTCOMES = 10_000;

  /** Nothing known. */
  static final UnitState EMPTY = new UnitState(null, false, List.of());

  private static final int FORMAT = 1;
  private static final Comparator<Exposure> EARLIEST =
      Comparator.comparingLong(Exposure::atMicros).thenComparing(Exposure::id);
  private static final Comparator<Outcome> ORDER =
      Comparator.comparingLong(Outcome::atMicros).thenComparing(Outcome::value);

  UnitState {
    outcomes = List.copyOf(outcomes);
  }

  /**
   * An exposure.
   *
   * @param arm slot of the arm
   * @param atMicros microseconds since 1970
   * @param share propensity in units of 2^-32, 0 if unknown
   * @param id of the event
   */
  record Exposure(int arm, long atMicros, long share, UUID id) {}

  /**
   * An outcome.
   *
   * @param atMicros microseconds since 1970
   * @param value exact, without trailing zeros
   */
  record Outcome(long atMicros, BigDecimal value) {
    Outcome {
      value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
  }

  UnitState with(Exposure added) {
    if (exposure == null) {
      return new UnitState(added, switched, outcomes);
    }
    return new UnitState(
        EARLIEST.compare(added, exposure) < 0 ? added : exposure,
        switched || added.arm() != exposure.arm(),
        outcomes);
  }

  UnitState with(Outcome added) {
    List<Outcome> more = new ArrayList<>(outcomes);
    more.add(added);
    more.sort(ORDER);
    return new UnitState(exposure, switched, more);
  }

  /** Whether another outcome would exceed {@link #MAX_OUTCOMES}. */
  boolean isFull() {
    return outcomes.size() >= MAX_OUTCOMES;
  }

  /**
   * What this unit adds to the evidence.
   *
   * @param kind how outcomes make a value
   * @param window how long after the exposure outcomes count
   * @return null while the unit has no exposure
   */
  @Nullable Contribution contribution(MetricKind kind, Duration window) {
    if (exposure == null) {
      return null;
    }
    long from = exposure.atMicros();
    long until = from + window.toNanos() / 1_000;
    BigDecimal sum = BigDecimal.ZERO;
    boolean responded = false;
    for (Outcome outcome : outcomes) {
      if (outcome.atMicros() >= from && outcome.atMicros() < until) {
        sum = sum.add(outcome.value());
        responded |= outcome.value().signum() != 0;
      }
    }
    BigDecimal value =
        switch (kind) {
          case BINARY -> sum.signum() > 0 ? BigDecimal.ONE : BigDecimal.ZERO;
          case CONTINUOUS, COUNT -> sum;
        };
    return new Contribution(
        exposure.arm(), hour(exposure.atMicros()), exposure.share(), responded, switched, value);
  }

  /** Hours since 1970 of a time in microseconds. */
  static int hour(long micros) {
    return Math.toIntExact(Math.floorDiv(micros, 3_600_000_000L));
  }

  /** The bytes that the database keeps; equal states have equal bytes. */
  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeByte((exposure == null ? 0 : 1) | (switched ? 2 : 0));
      if (exposure != null) {
        out.writeShort(exposure.arm());
        out.writeLong(exposure.atMicros());
        out.writeLong(exposure.share());
        out.writeLong(exposure.id().getMostSignificantBits());
        out.writeLong(exposure.id().getLeastSignificantBits());
      }
      out.writeInt(outcomes.size());
      for (Outcome outcome : outcomes) {
        byte[] digits = outcome.value().unscaledValue().toByteArray();
        out.writeLong(outcome.atMicros());
        out.writeByte(outcome.value().scale());
        out.writeByte(digits.length);
        out.write(digits);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /** The state that {@link #encode} wrote. */
  static UnitState decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readByte();
      if (format != FORMAT) {
        throw new IllegalStateException("unit state has the unknown format " + format);
      }
      int flags = in.readByte();
      Exposure exposure =
          (flags & 1) == 0
              ? null
              : new Exposure(
                  in.readShort(),
                  in.readLong(),
                  in.readLong(),
                  new UUID(in.readLong(), in.readLong()));
      int size = in.readInt();
      List<Outcome> outcomes = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        long at = in.readLong();
        int scale = in.readByte();
        byte[] digits = in.readNBytes(in.readByte());
        outcomes.add(new Outcome(at, new BigDecimal(new BigInteger(digits), scale)));
      }
      return new UnitState(exposure, (flags & 2) != 0, outcomes);
    } catch (IOException e) {
      throw new IllegalStateException("unit state is cut off", e);
    }
  }
}
