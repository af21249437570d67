package io.armwise.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonPropertyTest {
  private static final ObjectMapper PEER = new ObjectMapper();

  @Provide
  Arbitrary<Object> values() {
    return Arbitraries.lazyOf(
        () -> Arbitraries.strings().map(text -> (Object) text),
        () -> Arbitraries.longs().map(number -> (Object) number),
        () -> Arbitraries.doubles().map(number -> (Object) number),
        () -> Arbitraries.of(true, false).map(truth -> (Object) truth),
        () -> values().list().ofMaxSize(4).map(list -> (Object) list),
        () ->
            Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), values())
                .ofMaxSize(4)
                .map(map -> (Object) map));
  }

  @Property(tries = 500)
  void readsWhatAnotherLibraryWrites(@ForAll("values") Object value)
      throws JsonProcessingException {
    assertThat(Json.parse(PEER.writeValueAsString(value))).isEqualTo(value);
    assertThat(Json.parse(PEER.writerWithDefaultPrettyPrinter().writeValueAsString(value)))
        .isEqualTo(value);
  }

  @Property(tries = 500)
  void quotesTextAsAnotherLibraryReadsIt(@ForAll String text) throws JsonProcessingException {
    StringBuilder quoted = new StringBuilder();
    Json.quote(quoted, text);
    assertThat(PEER.readValue(quoted.toString(), String.class)).isEqualTo(text);
  }

  @Property(tries = 500)
  void neverThrowsAnythingButARefusal(@ForAll String text) {
    try {
      Json.parse(text);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageContaining("at position");
    }
  }

  @Example
  void readsEdges() {
    assertThat(Json.parse(" null ")).isNull();
    assertThat(Json.parse("\"\\u00e9\\n\\\\\\/\\ud83d\\ude00\"")).isEqualTo("é\n\\/😀");
    assertThat(Json.parse("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(Json.parse("9223372036854775808")).isEqualTo(0x1p63);
    assertThat(Json.parse("-0.5e1")).isEqualTo(-5.0);
    assertThat(Json.parse("[]")).isEqualTo(List.of());
    assertThat(Json.parse("{\"a\":{}}")).isEqualTo(Map.of("a", Map.of()));
  }

  @Example
  void refusesWhatIsNoJson() {
    for (String text :
        List.of(
            "",
            "{",
            "[1,]",
            "{\"a\"}",
            "01",
            "1.",
            "1e",
            "-",
            "\"",
            "\"\\x\"",
            "\"\\u12g4\"",
            "tru",
            "{} {}",
            "\"\u0001\"",
            "{a:1}",
            "+1",
            ".5",
            "[".repeat(65) + "]".repeat(65))) {
      assertThatIllegalArgumentException()
          .as("<%s>", text)
          .isThrownBy(() -> Json.parse(text))
          .withMessageContaining("at position");
    }
  }
}
