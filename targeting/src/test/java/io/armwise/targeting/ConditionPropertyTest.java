package io.armwise.targeting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.CelValidationException;
import dev.cel.runtime.CelEvaluationException;
import io.armwise.bandits.decision.PortableTargeting;
import io.armwise.bandits.decision.Targeting;
import io.armwise.bandits.experiment.TargetingRule;
import io.armwise.bandits.experiment.TargetingRule.AttributeType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Portable terms say what the language's own runtime says, also where it has an error. */
class ConditionPropertyTest {
  /** 2⁵³ + 1, the smallest whole number that double precision does not hold. */
  private static final long LARGE = 9007199254740993L;

  private static final CelCompiler COMPILER = new CelCompiler();
  private static final Map<String, AttributeType> DECLARED =
      Map.of(
          "s", AttributeType.STRING,
          "i", AttributeType.INT,
          "d", AttributeType.DOUBLE,
          "b", AttributeType.BOOL);

  @Property(tries = 1000)
  void agreesWithTheLanguagesRuntime(
      @ForAll("conditions") String condition, @ForAll("attributes") Map<String, Object> attributes)
      throws CelValidationException, CelEvaluationException {
    TargetingRule rule = new TargetingRule(condition, DECLARED);
    Targeting portable = COMPILER.compile(rule);
    assertThat(portable).as(condition).isInstanceOf(PortableTargeting.class);
    assertThat(portable.test(attributes))
        .as("%s with %s", condition, attributes)
        .isEqualTo(COMPILER.compileForRuntime(rule).test(attributes));
  }

  /**
   * The known differences, in which we follow the language's definition: the runtime orders texts
   * by UTF-16 units instead of code points, of which U+FF01 is below U+1F600; and it compares whole
   * numbers with others after rounding them to double precision. So the attributes of the property
   * above have no large whole number where a number in double precision is declared.
   */
  @Example
  void followsTheLanguagesDefinitionWhereTheRuntimeDoesNot()
      throws CelValidationException, CelEvaluationException {
    Map<String, Object> attributes = Map.of("d", LARGE);
    for (String condition :
        List.of(
            "'\\uFF01' < '😀'", "9007199254740993 > 9007199254740992.0", "d < 9007199254740993")) {
      TargetingRule rule = new TargetingRule(condition, DECLARED);
      assertThat(COMPILER.compile(rule).test(attributes))
          .as(condition)
          .isEqualTo(Targeting.Match.YES);
      assertThat(COMPILER.compileForRuntime(rule).test(attributes))
          .as(condition)
          .isEqualTo(Targeting.Match.NO);
    }
  }

  @Provide
  Arbitrary<String> conditions() {
    return truths(3);
  }

  private static Arbitrary<String> truths(int depth) {
    Arbitrary<String> whole =
        Arbitraries.of("i", "3", "-1", "9007199254740993", "size(s)", "attributes.x");
    Arbitrary<String> numbers = Arbitraries.oneOf(whole, Arbitraries.of("d", "2.5", "3.0"));
    Arbitrary<String> texts = Arbitraries.of("s", "'DE'", "''", "'😀'");
    Arbitrary<String> order = Arbitraries.of("<", "<=", ">", ">=");
    Arbitrary<String> relation = Arbitraries.oneOf(order, Arbitraries.of("==", "!="));
    Arbitrary<String> any = Arbitraries.of("attributes.x", "attributes.m.k", "attributes['y z']");
    Arbitrary<String> test = Arbitraries.of("startsWith", "endsWith", "contains");
    Arbitrary<String> leaf =
        Arbitraries.oneOf(
            Arbitraries.of("b", "true", "false", "has(attributes.x)", "has(attributes.m.k)"),
            Combinators.combine(numbers, order, numbers).as((a, o, b) -> a + " " + o + " " + b),
            Combinators.combine(whole, relation, whole).as((a, o, b) -> a + " " + o + " " + b),
            Combinators.combine(texts, relation, texts).as((a, o, b) -> a + " " + o + " " + b),
            Combinators.combine(any, relation, numbers).as((a, o, b) -> a + " " + o + " " + b),
            Combinators.combine(any, relation, any).as((a, o, b) -> a + " " + o + " " + b),
            Combinators.combine(texts, test, texts).as((a, t, b) -> a + "." + t + "(" + b + ")"),
            texts.map(text -> text + " in ['DE', '']"),
            any.map(value -> value + " in ['DE', '']"),
            texts.map(text -> text + " in attributes.m"),
            numbers.map(number -> number + " in attributes.l"));
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<String> deeper = truths(depth - 1);
    return Arbitraries.oneOf(
        leaf,
        deeper.map(one -> "!(" + one + ")"),
        Combinators.combine(deeper, Arbitraries.of("&&", "||"), deeper)
            .as((a, o, b) -> "(" + a + ") " + o + " (" + b + ")"),
        Combinators.combine(deeper, deeper, deeper)
            .as((a, b, c) -> "(" + a + ") ? (" + b + ") : (" + c + ")"));
  }

  @Provide
  Arbitrary<Map<String, Object>> attributes() {
    Arbitrary<Object> values =
        Arbitraries.of(
            "DE",
            "",
            "😀",
            3L,
            -1L,
            LARGE,
            2.5,
            3.0,
            true,
            false,
            List.of(1L, 2.5),
            List.of("DE"),
            Map.of("k", 3L),
            Map.of("DE", true));
    return Arbitraries.maps(Arbitraries.of("s", "i", "d", "b", "x", "y z", "m", "l"), values)
        .ofMaxSize(8)
        .filter(given -> !Objects.equals(given.get("d"), LARGE));
  }
}
