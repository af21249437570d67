package io.armwise.service.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.token.DecisionToken;
import io.armwise.bandits.token.DecisionTokens;
import io.armwise.bandits.token.TokenKey;
import io.armwise.service.event.EventReading.Understood;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** What the fast reader takes, the full reader reads the same; and it takes what is usual. */
class PlainEventReaderPropertyTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00.123Z");
  private static final UnitHash UNIT = UnitHash.of("u-1");

  private final DecisionTokens tokens = DecisionTokens.of(TokenKey.of(1, new byte[32]), List.of());
  private final PlainEventReader plain = new PlainEventReader(tokens);
  private final EventReader full = new EventReader(tokens);

  private void requireSame(byte[] bytes) {
    Event event = plain.read(bytes, NOW);
    if (event != null) {
      assertThat(full.readInFull(bytes, NOW))
          .as(new String(bytes, StandardCharsets.UTF_8))
          .isEqualTo(new Understood(event));
    }
  }

  @Property(tries = 20_000)
  void readsLikeTheFullReader(@ForAll long seed) {
    requireSame(event(new Random(seed)).getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 20_000)
  void readsDamagedEventsLikeTheFullReader(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = event(random).getBytes(StandardCharsets.UTF_8);
    byte[] tokens = "{}[]\":,\\ 09.-eE+tfn\u0000\n\u00e9".getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(3); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = tokens[random.nextInt(tokens.length)];
    }
    requireSame(bytes);
  }

  @Example
  void takesWhatIsUsual() {
    String token = tokens.encode(new DecisionToken(7, 1, 3, UNIT, NOW.toEpochMilli(), 1L << 31));
    for (String data :
        List.of(
            "\"decision\":\"" + token + "\"",
            "\"unit\":\"u-1\",\"experiment\":\"e\",\"arm\":\"a\",\"propensity\":0.25")) {
      assertThat(read(EventReader.EXPOSURE, data)).isInstanceOf(Event.Exposure.class);
      for (String value : List.of("", ",\"value\":12.50", ",\"value\":true", ",\"value\":-3")) {
        assertThat(read(EventReader.OUTCOME, data + ",\"metric\":\"m\"" + value))
            .isInstanceOf(Event.Outcome.class);
      }
    }
    assertThat(read(EventReader.OUTCOME, "\"unit\":\"u-1\",\"metric\":\"m\",\"value\":1e3"))
        .as("a number with an exponent is left to the full reader")
        .isNull();
  }

  private @Nullable Event read(String type, String data) {
    String json =
        "{\"specversion\": \"1.0\", \"type\": \""
            + type
            + "\", \"source\": \"/s\", \"id\": \"1\","
            + " \"time\": \"2026-02-28T23:59:59.123456789Z\", \"data\": {"
            + data
            + "}}";
    return plain.read(json.getBytes(StandardCharsets.UTF_8), NOW);
  }

  private String event(Random random) {
    List<String> fields = new ArrayList<>();
    fields.add(field("specversion", random.nextInt(40) == 0 ? "\"0.3\"" : "\"1.0\""));
    fields.add(
        field(
            "type",
            pick(
                random,
                "\"" + EventReader.EXPOSURE + "\"",
                "\"" + EventReader.OUTCOME + "\"",
                "\"" + EventReader.OUTCOME + "\"",
                "\"" + EventReader.RETRACTION + "\"")));
    fields.add(
        field("source", pick(random, "\"/s\"", "\"/s\"", "\"/s\"", "\"\"", "7", "\"\\u0041\"")));
    fields.add(field("id", pick(random, "\"1\"", "\"1\"", "\"1\"", "\"é\"", "null")));
    if (random.nextBoolean()) {
      fields.add(field("time", time(random)));
    }
    if (random.nextInt(10) == 0) {
      fields.add(field(pick(random, "sentat", "extension", "time"), time(random)));
    }
    fields.add(field("data", data(random)));
    Collections.shuffle(fields, random);
    return "{" + String.join(pick(random, ",", ", ", ",\n  "), fields) + "}";
  }

  private static String time(Random random) {
    return pick(
        random,
        "\"2026-05-01T11:59:59Z\"",
        "\"2026-05-01T11:59:59.5Z\"",
        "\"2024-02-29T11:59:59.123456789Z\"",
        "\"2026-04-31T00:00:00Z\"",
        "\"2026-02-30T00:00:00Z\"",
        "\"1999-12-31T23:59:60Z\"",
        "\"1970-01-01T00:00:00.000001Z\"",
        "\"1969-12-31T23:59:59Z\"",
        "\"2026-05-01T12:10:00.124Z\"",
        "\"2026-05-01T12:10:00.123Z\"",
        "\"2027-05-01T12:00:00Z\"",
        "\"2026-05-01T12:00:00+02:00\"",
        "\"2026-05-01T12:00:00.Z\"",
        "\"yesterday\"",
        "5");
  }

  private String data(Random random) {
    List<String> fields = new ArrayList<>();
    String token =
        "\"" + tokens.encode(new DecisionToken(7, 1, 3, UNIT, NOW.toEpochMilli(), 5)) + "\"";
    String[][] possible = {
      {"unit", "\"u-1\"", "\"u-1\"", "\"ü\"", "\"\"", "5"},
      {"unitHash", "\"" + UNIT.hex() + "\"", "\"" + "F".repeat(32) + "\"", "\"00\""},
      {"experiment", "\"e\"", "\"e.1\"", "\".e\"", "\"e e\"", "true"},
      {"arm", "\"a\"", "\"b-2\"", "\"-b\"", "null"},
      {"propensity", "0.25", "1", "0", "-0.5", "1.5", "0.1234567890123456789", "1e-3", "\"1\""},
      {"metric", "\"m\"", "\"m n\"", "\"\"", "false"},
      {
        "value",
        "1",
        "0",
        "-0",
        "-0.0",
        "1.50",
        "0.0000000001",
        "1e3",
        "1000000000000",
        "1000000000000.1",
        "-1000000000001",
        "123456789012345678",
        "1234567890123456789",
        "true",
        "false",
        "null",
        "\"1\"",
        "01",
        "1.",
        "{}"
      },
      {"decision", token, token, "\"x\""},
      {"exposedAt", time(random)},
      {"surprise", "1"},
    };
    int[] oftenOutOfTen = {8, 1, 6, 6, 4, 6, 6, 2, 1, 1};
    for (int i = 0; i < possible.length; i++) {
      if (random.nextInt(10) < oftenOutOfTen[i]) {
        // The first choice is the usual one.
        int choice = random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(possible[i].length - 1);
        fields.add(field(possible[i][0], possible[i][choice]));
      }
    }
    Collections.shuffle(fields, random);
    return random.nextInt(50) == 0 ? "\"{\"" : "{" + String.join(",", fields) + "}";
  }

  private static String field(String name, String value) {
    return "\"" + name + "\":" + value;
  }

  private static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
