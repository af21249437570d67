package io.armwise.service.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.token.DecisionToken;
import io.armwise.bandits.token.DecisionTokens;
import io.armwise.bandits.token.TokenKey;
import io.armwise.service.event.Event.ArmReference;
import io.armwise.service.event.EventReading.Refused;
import io.armwise.service.event.EventReading.Understood;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventReaderTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final UnitHash UNIT = UnitHash.of("u-1");

  private final DecisionTokens tokens = DecisionTokens.of(TokenKey.of(1, new byte[32]), List.of());
  private final EventReader reader = new EventReader(tokens);

  private EventReading read(String json) {
    return reader.read(json.getBytes(StandardCharsets.UTF_8), NOW);
  }

  private static String event(String type, String data) {
    return "{\"specversion\":\"1.0\",\"type\":\""
        + type
        + "\",\"source\":\"/test\",\"id\":\"1\",\"data\":"
        + data
        + "}";
  }

  private Event understood(String json) {
    return assertThat(read(json))
        .asInstanceOf(InstanceOfAssertFactories.type(Understood.class))
        .actual()
        .event();
  }

  private Refused refused(String json) {
    return assertThat(read(json))
        .asInstanceOf(InstanceOfAssertFactories.type(Refused.class))
        .actual();
  }

  private static String outcome(String data) {
    return event(EventReader.OUTCOME, data);
  }

  @Test
  void readsAnExposureByToken() {
    DecisionToken token = new DecisionToken(7, 1, 3, UNIT, NOW.toEpochMilli(), 1L << 31);
    Event event =
        understood(event(EventReader.EXPOSURE, "{\"decision\":\"" + tokens.encode(token) + "\"}"));
    assertThat(event)
        .isEqualTo(
            new Event.Exposure(
                EventId.of("/test", "1"), NOW, UNIT, new ArmReference.ByToken(token)));
  }

  @Test
  void readsAnExposureByNameWithItsPropensity() {
    Event.Exposure event =
        (Event.Exposure)
            understood(
                event(
                    EventReader.EXPOSURE,
                    "{\"unit\":\"u-1\",\"experiment\":\"e\",\"arm\":\"a\",\"propensity\":0.25}"));
    assertThat(event.reference()).isEqualTo(new ArmReference.ByName("e", "a", 1L << 30));
    assertThat(event.unit()).isEqualTo(UNIT);
  }

  @Test
  void takesAUnitsHashInThePlaceOfItsId() {
    Event byHash = understood(outcome("{\"unitHash\":\"" + UNIT.hex() + "\",\"metric\":\"m\"}"));
    Event byId = understood(outcome("{\"unit\":\"u-1\",\"metric\":\"m\"}"));
    assertThat(byHash).isEqualTo(byId);
  }

  @Test
  void keepsValuesExact() {
    Event.Outcome outcome =
        (Event.Outcome)
            understood(outcome("{\"unit\":\"u\",\"metric\":\"m\",\"value\":19.990000001}"));
    assertThat(outcome.value()).isEqualTo(new BigDecimal("19.990000001"));
    Event.Outcome rounded =
        (Event.Outcome)
            understood(outcome("{\"unit\":\"u\",\"metric\":\"m\",\"value\":0.1234567895}"));
    assertThat(rounded.value()).isEqualTo(new BigDecimal("0.123456790"));
  }

  @Test
  void countsAnOutcomeWithoutValueAsOne() {
    Event.Outcome outcome =
        (Event.Outcome) understood(outcome("{\"unit\":\"u\",\"metric\":\"m\"}"));
    assertThat(outcome.value()).isEqualTo(BigDecimal.ONE);
    Event.Outcome no =
        (Event.Outcome) understood(outcome("{\"unit\":\"u\",\"metric\":\"m\",\"value\":false}"));
    assertThat(no.value()).isEqualTo(BigDecimal.ZERO);
  }

  @Test
  void readsWhatAnExposureTellsOfThePastExactly() {
    String named = "{\"unit\":\"u-1\",\"experiment\":\"e\",\"arm\":\"a\",\"covariates\":";
    Event.Exposure exposure =
        (Event.Exposure)
            understood(event(EventReader.EXPOSURE, named + "{\"past\":0.10,\"member\":true}}"));
    assertThat(exposure.covariates())
        .isEqualTo(Map.of("past", new BigDecimal("0.10"), "member", BigDecimal.ONE));
    assertThat(
            refused(event(EventReader.EXPOSURE, named + "{\"past\":\"much\"}}"))
                .violation()
                .field())
        .isEqualTo("data.covariates.past");
  }

  @Test
  void readsTheAttributesOfAnOutcomeAsConditionsNeedThem() {
    Event.Outcome outcome =
        (Event.Outcome)
            understood(
                outcome(
                    "{\"unit\":\"u\",\"metric\":\"m\",\"attributes\":{\"text\":\"t\",\"whole\":3,"
                        + "\"real\":0.5,\"flag\":false,\"none\":null}}"));
    assertThat(outcome.attributes())
        .isEqualTo(Map.of("text", "t", "whole", 3L, "real", 0.5, "flag", false));
  }

  @Test
  void takesTheLogsTimeForAnEventWithoutOne() {
    assertThat(understood(outcome("{\"unit\":\"u\",\"metric\":\"m\"}")).time()).isEqualTo(NOW);
  }

  @Test
  void refusesTimesTooFarAhead() {
    String json =
        outcome("{\"unit\":\"u\",\"metric\":\"m\"}")
            .replace("\"id\"", "\"time\":\"2026-05-01T12:10:01Z\",\"id\"");
    assertThat(refused(json).code()).isEqualTo(RejectionCode.FUTURE_TIME);
    assertThat(read(json.replace("12:10:01", "12:10:00"))).isInstanceOf(Understood.class);
  }

  @Test
  void tellsAForgedTokenFromAMalformedOne() {
    DecisionTokens others =
        DecisionTokens.of(
            TokenKey.of(1, "another key of thirty-two bytes!".getBytes(StandardCharsets.US_ASCII)),
            List.of());
    String forged = others.encode(new DecisionToken(7, 1, 3, UNIT, 0, 1));
    assertThat(refused(event(EventReader.EXPOSURE, "{\"decision\":\"" + forged + "\"}")).code())
        .isEqualTo(RejectionCode.FORGED_TOKEN);
    assertThat(refused(event(EventReader.EXPOSURE, "{\"decision\":\"garbage\"}")).code())
        .isEqualTo(RejectionCode.MALFORMED_TOKEN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"metric\":\"m\"} | INVALID_FIELD | data.unit",
        "{\"unit\":\"\",\"metric\":\"m\"} | INVALID_FIELD | data.unit",
        "{\"unit\":\"u\"} | INVALID_FIELD | data.metric",
        "{\"unit\":\"u\",\"metric\":\"m\",\"value\":\"1\"} | INVALID_FIELD | data.value",
        "{\"unit\":\"u\",\"metric\":\"m\",\"value\":1e13} | INVALID_FIELD | data.value",
        "{\"unit\":\"u\",\"metric\":\"m\",\"value\":1e999999999} | INVALID_FIELD | data.value",
        "{\"unit\":\"u\",\"metric\":\"m\",\"valeu\":1} | UNKNOWN_FIELD | data.valeu",
        "{\"unit\":\"u\",\"metric\":\"m\",\"arm\":\"a\"} | INVALID_FIELD | data.experiment",
        "{\"unitHash\":\"xyz\",\"metric\":\"m\"} | INVALID_FIELD | data.unitHash",
        "{\"unit\":\"u\",\"metric\":\"m\",\"attributes\":7} | INVALID_FIELD | data.attributes",
        "{\"unit\":\"u\",\"metric\":\"m\",\"attributes\":{\"a\":[]}} | INVALID_FIELD |"
            + " data.attributes.a",
        "{\"unit\":\"u\",\"metric\":\"m\",\"covariates\":{}} | UNKNOWN_FIELD | data.covariates",
        "[] | INVALID_FIELD | data",
        "null | INVALID_FIELD | data"
      })
  void namesTheFieldAtFault(String data, RejectionCode code, String field) {
    Refused refused = refused(outcome(data));
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.violation().field()).isEqualTo(field);
  }

  @Test
  void refusesWhatIsNoEvent() {
    assertThat(refused("not json").code()).isEqualTo(RejectionCode.MALFORMED);
    assertThat(refused("[1]").code()).isEqualTo(RejectionCode.MALFORMED);
    assertThat(refused("{}").violation().field()).isEqualTo("specversion");
    assertThat(refused(event("io.armwise.other.v1", "{}")).code())
        .isEqualTo(RejectionCode.UNKNOWN_TYPE);
    assertThat(
            refused(outcome("{\"unit\":\"" + "u".repeat(70_000) + "\",\"metric\":\"m\"}")).code())
        .isEqualTo(RejectionCode.TOO_LARGE);
  }

  @Test
  void keepsSourceAndIdApart() {
    assertThat(EventId.of("a", "bc")).isNotEqualTo(EventId.of("ab", "c"));
    assertThat(EventId.ofExposure(1, 0, UNIT)).isNotEqualTo(EventId.ofOutcome(1, UNIT, "m"));
  }
}
