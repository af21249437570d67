package io.armwise.service.decision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.platform.problem.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DecisionRequestReaderTest {
  @Provide
  Arbitrary<String> bodies() {
    Arbitrary<Object> values =
        Arbitraries.oneOf(
            Arbitraries.strings().map(text -> (Object) text),
            Arbitraries.strings().list().ofMaxSize(4).map(list -> (Object) list),
            Arbitraries.of(1, true, Map.of("a", 1), List.of(1)));
    Arbitrary<String> names =
        Arbitraries.of("experiment", "experiments", "unit", "units", "token", "nonsense");
    Arbitrary<Map<String, Object>> objects = Arbitraries.maps(names, values).ofMaxSize(4);
    return Combinators.combine(objects, Arbitraries.of("", " ", "x", "{}"))
        .as((object, tail) -> StrictJson.write(new HashMap<>(object)) + tail);
  }

  /** The short way and the general one have the same meaning, or the short one gives up. */
  @Property(tries = 2_000)
  void readsTheSameAsTheGeneralReader(@ForAll("bodies") String body) {
    DecisionRequest usual = DecisionRequestReader.usual(body.getBytes(UTF_8));
    if (usual != null) {
      assertThat(usual).isEqualTo(StrictJson.read(body.getBytes(UTF_8), DecisionRequest.class));
    }
  }

  @Example
  void takesTheShortWayForTheUsualRequests() {
    for (String body :
        List.of(
            "{\"experiment\":\"e\",\"unit\":\"u\"}",
            "{\"experiment\":\"e\",\"unit\":\"\\u00fc\",\"token\":\"t\"}",
            "{\"experiments\":[\"e\",\"f\"],\"unit\":\"u\"}",
            "{\"experiment\":\"e\",\"units\":[]}")) {
      assertThat(DecisionRequestReader.usual(body.getBytes(UTF_8)))
          .as(body)
          .isEqualTo(StrictJson.read(body.getBytes(UTF_8), DecisionRequest.class));
    }
  }

  @Example
  void leavesWhatIsWrongToTheGeneralReader() {
    for (String body :
        List.of(
            "",
            "null",
            "[]",
            "{",
            "{\"experiment\":\"e\",\"experiment\":\"e\"}",
            "{\"unit\":1}",
            "{\"units\":\"u\"}",
            "{\"units\":[[\"u\"]]}",
            "{\"unitt\":\"u\"}",
            "{\"unit\":\"u\"} {}",
            "{\"unit\":\"u\",}")) {
      assertThat(DecisionRequestReader.usual(body.getBytes(UTF_8))).as(body).isNull();
      assertThatThrownBy(() -> DecisionRequestReader.read(body.getBytes(UTF_8)))
          .as(body)
          .isInstanceOf(ProblemException.class);
    }
  }
}
