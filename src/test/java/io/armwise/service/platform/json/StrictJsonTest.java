package io.armwise.service.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StrictJsonTest {
  record Part(@Nullable String name, @Nullable Double weight) {}

  record Whole(@Nullable String title, @Nullable List<Part> parts, @Nullable Boolean done) {}

  private static Whole read(String json) {
    return StrictJson.read(json.getBytes(StandardCharsets.UTF_8), Whole.class);
  }

  private static void fails(String json, Consumer<ProblemException> check) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> read(json))
        .satisfies(check::accept);
  }

  @Test
  void readsWhatFits() {
    assertThat(read("{\"title\":\"t\",\"parts\":[{\"name\":\"a\",\"weight\":1.5}]}"))
        .isEqualTo(new Whole("t", List.of(new Part("a", 1.5)), null));
  }

  @Test
  void namesAnUnknownFieldAndTheNearestKnownOne() {
    fails(
        "{\"title\":\"t\",\"parts\":[{\"nam\":\"a\"}]}",
        problem -> {
          assertThat(problem.code()).isEqualTo(ProblemCode.UNKNOWN_FIELD);
          assertThat(problem.errors().getFirst().field()).isEqualTo("parts[0].nam");
          assertThat(problem.errors().getFirst().rule()).contains("did you mean 'name'?");
          assertThat(problem.detail()).contains("line 1, column");
        });
  }

  @Test
  void saysWhichTypeAFieldMustHave() {
    fails(
        "{\"done\":\"yes\"}",
        problem -> {
          assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_REQUEST);
          assertThat(problem.errors().getFirst().field()).isEqualTo("done");
          assertThat(problem.errors().getFirst().rule()).isEqualTo("must be true or false");
        });
    fails(
        "{\"title\":5}",
        problem -> assertThat(problem.errors().getFirst().rule()).isEqualTo("must be a string"));
    fails(
        "{\"parts\":[{\"weight\":\"1\"}]}",
        problem -> assertThat(problem.errors().getFirst().field()).isEqualTo("parts[0].weight"));
  }

  @Test
  void refusesWhatIsNotOneJsonValue() {
    for (String text :
        List.of("", "{", "{\"title\":\"a\"} x", "{\"title\":\"a\",\"title\":\"b\"}", "nonsense")) {
      fails(text, problem -> assertThat(problem.code()).isEqualTo(ProblemCode.MALFORMED_JSON));
    }
  }

  @Test
  void refusesJsonThatIsNestedToExhaustMemory() {
    fails(
        "{\"parts\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}",
        problem -> assertThat(problem.code().status().getCode()).isEqualTo(400));
  }

  @Test
  void keepsAllDigitsOfANumber() {
    JsonNode node =
        StrictJson.read(
            "{\"v\":0.1234567890123456789}".getBytes(StandardCharsets.UTF_8), JsonNode.class);
    assertThat(node.get("v").decimalValue()).isEqualTo(new BigDecimal("0.1234567890123456789"));
  }

  @Test
  void readsWhatItHasStoredWithAnyNumberOfDigits() {
    BigDecimal exact = new BigDecimal("0.1000000000000000055511151231257827").pow(15);
    assertThat(exact.toString().length()).isGreaterThan(400);
    assertThat(StrictJson.stored("[" + exact + "]", BigDecimal[].class)).containsExactly(exact);
  }
}
