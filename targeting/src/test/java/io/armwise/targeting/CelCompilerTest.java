package io.armwise.targeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.armwise.bandits.decision.PortableTargeting;
import io.armwise.bandits.decision.Targeting;
import io.armwise.bandits.decision.Targeting.Match;
import io.armwise.bandits.experiment.TargetingRule;
import io.armwise.bandits.experiment.TargetingRule.AttributeType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CelCompilerTest {
  private static final CelCompiler COMPILER = new CelCompiler();
  private static final Map<String, AttributeType> DECLARED =
      Map.of("country", AttributeType.STRING, "age", AttributeType.INT);

  private static CelCompiler.Check check(String expression) {
    return COMPILER.check(new TargetingRule(expression, DECLARED));
  }

  private static Match test(String expression, Map<String, ?> attributes) {
    return COMPILER.compile(new TargetingRule(expression, DECLARED)).test(attributes);
  }

  @Test
  void holdsAttributesAgainstACondition() {
    String condition = "country in ['DE', 'AT'] && age >= 18";
    assertThat(test(condition, Map.of("country", "DE", "age", 18L))).isEqualTo(Match.YES);
    assertThat(test(condition, Map.of("country", "DE", "age", 17L))).isEqualTo(Match.NO);
    assertThat(test(condition, Map.of("country", "FR"))).isEqualTo(Match.NO);
    assertThat(test(condition, Map.of("country", "DE"))).isEqualTo(Match.FAILED);
    assertThat(test(condition, Map.of("country", "DE", "age", "18"))).isEqualTo(Match.FAILED);
    assertThat(test("attributes.plan == 'pro'", Map.of("plan", "pro"))).isEqualTo(Match.YES);
    assertThat(test("has(attributes.plan)", Map.of())).isEqualTo(Match.NO);
  }

  @Test
  void leavesTheRestOfTheLanguageToItsRuntime() {
    String condition = "country.matches('^(DE|AT)$') && attributes.tags.exists(t, t == 'new')";
    assertThat(COMPILER.compile(new TargetingRule(condition, DECLARED)))
        .isNotInstanceOf(PortableTargeting.class);
    assertThat(test(condition, Map.of("country", "AT", "tags", java.util.List.of("new"))))
        .isEqualTo(Match.YES);
    assertThat(test(condition, Map.of("country", "FR"))).isEqualTo(Match.NO);
    assertThat(test(condition, Map.of("country", "AT"))).isEqualTo(Match.FAILED);
    assertThat(test("age % 2 == 0", Map.of("age", 4L))).isEqualTo(Match.YES);
  }

  @Test
  void namesThePlaceOfATypeError() {
    assertThat(check("country == 'DE' &&\n age > 'x'"))
        .isInstanceOfSatisfying(
            CelCompiler.Check.Invalid.class,
            invalid -> {
              assertThat(invalid.line()).isEqualTo(2);
              assertThat(invalid.column()).isEqualTo(6);
              assertThat(invalid.message()).contains("no matching overload for '_>_'");
            });
    assertThat(check("city == 'Berlin'"))
        .isInstanceOfSatisfying(
            CelCompiler.Check.Invalid.class,
            invalid -> assertThat(invalid.message()).contains("undeclared reference to 'city'"));
    assertThat(check("age + 1"))
        .isInstanceOfSatisfying(
            CelCompiler.Check.Invalid.class,
            invalid -> assertThat(invalid.message()).contains("expected type 'bool'"));
    assertThat(check("country ==")).isInstanceOf(CelCompiler.Check.Invalid.class);
    assertThat(check("")).isInstanceOf(CelCompiler.Check.Invalid.class);
    assertThat(check("(".repeat(1_000) + "true" + ")".repeat(900)))
        .isInstanceOf(CelCompiler.Check.Invalid.class);
    assertThat(check("country == '" + "x".repeat(CelCompiler.MAX_LENGTH) + "'"))
        .isInstanceOf(CelCompiler.Check.Invalid.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> test("age > 'x'", Map.of()))
        .withMessageContaining("no matching overload");
  }

  @Test
  void saysWhyAConditionHasNoValue() {
    Targeting targeting = COMPILER.compile(new TargetingRule("age > 3", DECLARED));
    assertThat(targeting.failure(Map.of("country", "DE"))).isEqualTo("attribute 'age' is missing");
    assertThat(targeting.failure(Map.of("country", "DE", "age", 1.5)))
        .isEqualTo("attribute 'age' must be int");
    assertThat(targeting.failure(Map.of("age", 3L))).isEmpty();
  }
}
