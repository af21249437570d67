package io.armwise.service.event;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.experiment.Key;
import io.armwise.bandits.token.DecisionToken;
import io.armwise.bandits.token.DecisionTokens;
import io.armwise.bandits.token.TokenReading;
import io.armwise.service.event.Event.ArmReference;
import io.armwise.service.event.PlainJson.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads exposures and outcomes that are written plainly, in one pass over their bytes and without a
 * tree: nearly all events of a log. It refuses nothing. What it does not take, be it wrong or only
 * unusual, {@link EventReader} reads in full; what it takes, that reader would read the same.
 * Thread-safe.
 */
final class PlainEventReader {
  private static final int MAX_ID = 256;
  private static final BigDecimal MAX_VALUE = EventReader.MAX_VALUE;

  private final DecisionTokens tokens;

  PlainEventReader(DecisionTokens tokens) {
    this.tokens = tokens;
  }

  /** The event, or null if it has to be read in full. */
  @Nullable Event read(byte[] bytes, Instant receivedAt) {
    PlainJson json = PlainJson.read(bytes);
    if (json == null || !json.is(Field.SPECVERSION, "1.0") || !json.hasData()) {
      return null;
    }
    String source = json.text(Field.SOURCE, MAX_ID);
    String id = json.text(Field.ID, MAX_ID);
    Instant time = time(json, Field.TIME, receivedAt);
    if (source == null || id == null || time == null) {
      return null;
    }
    if (json.is(Field.TYPE, EventReader.EXPOSURE)) {
      return exposure(json, source, id, time);
    }
    return json.is(Field.TYPE, EventReader.OUTCOME)
        ? outcome(json, source, id, time, receivedAt)
        : null;
  }

  private @Nullable Event exposure(PlainJson json, String source, String id, Instant time) {
    ArmReference reference = reference(json);
    UnitHash unit = unit(json, reference);
    boolean foreign = json.has(Field.METRIC) || json.has(Field.VALUE) || json.has(Field.EXPOSED_AT);
    return reference == null || unit == null || foreign
        ? null
        : new Event.Exposure(EventId.of(source, id), time, unit, reference);
  }

  private @Nullable Event outcome(
      PlainJson json, String source, String id, Instant time, Instant receivedAt) {
    boolean refers = json.has(Field.DECISION) || json.has(Field.ARM);
    ArmReference reference = refers ? reference(json) : null;
    UnitHash unit = unit(json, reference);
    String metric = json.text(Field.METRIC, MAX_ID);
    BigDecimal value = value(json);
    Instant exposedAt =
        json.has(Field.EXPOSED_AT) ? time(json, Field.EXPOSED_AT, receivedAt) : null;
    String experiment =
        !refers && json.has(Field.EXPERIMENT) ? json.text(Field.EXPERIMENT, MAX_ID) : null;
    boolean complete =
        unit != null
            && (reference != null || !refers)
            && (exposedAt != null || !json.has(Field.EXPOSED_AT))
            && (experiment != null || refers || !json.has(Field.EXPERIMENT))
            && (refers || !json.has(Field.PROPENSITY));
    return !complete || unit == null || metric == null || value == null
        ? null
        : new Event.Outcome(
            EventId.of(source, id), time, unit, reference, experiment, metric, value, exposedAt);
  }

  private @Nullable ArmReference reference(PlainJson json) {
    if (json.has(Field.DECISION)) {
      String text = json.text(Field.DECISION, 1_000);
      boolean alone =
          !json.has(Field.EXPERIMENT) && !json.has(Field.ARM) && !json.has(Field.PROPENSITY);
      return alone
              && text != null
              && tokens.decode(text) instanceof TokenReading.Valid(DecisionToken token, int _)
          ? new ArmReference.ByToken(token)
          : null;
    }
    String experiment = json.text(Field.EXPERIMENT, MAX_ID);
    String arm = json.text(Field.ARM, MAX_ID);
    long share = share(json);
    return experiment != null
            && arm != null
            && Key.isValid(experiment)
            && Key.isValid(arm)
            && share >= 0
        ? new ArmReference.ByName(experiment, arm, share)
        : null;
  }

  /** In units of 2^-32, 0 if it is not told, -1 if it cannot be. */
  private static long share(PlainJson json) {
    if (!json.has(Field.PROPENSITY)) {
      return 0;
    }
    BigDecimal propensity = json.number(Field.PROPENSITY);
    long share = propensity == null ? -1 : Math.round(propensity.doubleValue() * Shares.TOTAL);
    return share > 0 && share <= Shares.TOTAL ? share : -1;
  }

  private static @Nullable UnitHash unit(PlainJson json, @Nullable ArmReference reference) {
    UnitHash named = null;
    if (json.has(Field.UNIT)) {
      String unit = json.text(Field.UNIT, UnitHash.MAX_UNIT_BYTES);
      named = unit == null ? null : UnitHash.of(unit);
    } else if (json.has(Field.UNIT_HASH)) {
      String hex = json.text(Field.UNIT_HASH, 32);
      named = hex == null ? null : UnitHash.ofHex(hex).orElse(null);
    } else if (reference instanceof ArmReference.ByToken(DecisionToken token)) {
      return token.unit();
    }
    return reference instanceof ArmReference.ByToken(DecisionToken token)
            && !token.unit().equals(named)
        ? null
        : named;
  }

  private static @Nullable BigDecimal value(PlainJson json) {
    if (!json.has(Field.VALUE)) {
      return BigDecimal.ONE;
    }
    BigDecimal value = json.numberOrBoolean(Field.VALUE);
    if (value == null
        || value.scale() > EventReader.VALUE_SCALE
        || value.abs().compareTo(MAX_VALUE) > 0) {
      return null;
    }
    return value.signum() == 0 ? BigDecimal.ZERO : value;
  }

  private static @Nullable Instant time(PlainJson json, Field field, Instant receivedAt) {
    if (!json.has(field)) {
      return receivedAt.truncatedTo(ChronoUnit.MICROS);
    }
    Instant time = json.time(field);
    return time == null || time.isAfter(receivedAt.plus(EventReader.MAX_CLOCK_LEAD)) ? null : time;
  }
}
