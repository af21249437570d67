package io.armwise.service.decision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.decision.Decision.Decisions;
import io.armwise.service.platform.json.StrictJson;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DecisionWriterPropertyTest {
  @Provide
  Arbitrary<List<Decision>> answers() {
    // Units and names are well-formed: others are refused before.
    Arbitrary<String> texts =
        Arbitraries.strings()
            .withCharRange(' ', '~')
            .withChars('\0', '\n', '"', '\\', 'é', '\u007f', '\u2028', '\uffff')
            .ofMaxLength(12)
            .map(text -> text.length() > 6 ? text + "😀" : text);
    // Few enough to come again, enough to take each other's places.
    Arbitrary<Double> propensities =
        Arbitraries.oneOf(
            Arbitraries.doubles().between(0, 1),
            Arbitraries.integers().between(0, 60).map(n -> n / 60.0));
    Arbitrary<String> tokens = Arbitraries.of("AbC-_09").injectNull(0.5);
    Arbitrary<Double> ages = Arbitraries.doubles().between(0, 1e9).injectNull(0.5);
    Arbitrary<Integer> positions = Arbitraries.integers().between(1, 1024).injectNull(0.5);
    return Combinators.combine(
            texts, texts, propensities, Arbitraries.longs(), tokens, positions, ages, texts)
        .as(
            (unit, name, propensity, version, token, position, age, payload) ->
                new Decision(
                    "key",
                    unit,
                    "arm",
                    name,
                    StrictJson.write(payload),
                    propensity,
                    version,
                    "allocated",
                    token,
                    position,
                    age != null,
                    age))
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 1_000)
  void writesWhatTheGeneralWriterWrites(@ForAll("answers") List<Decision> decisions) {
    String written = new String(DecisionWriter.write(decisions), UTF_8);
    assertThat(StrictJson.tree(written))
        .isEqualTo(StrictJson.tree(StrictJson.write(new Decisions(decisions))));
  }
}
