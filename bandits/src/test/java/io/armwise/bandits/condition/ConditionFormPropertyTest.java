package io.armwise.bandits.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.armwise.bandits.condition.Condition.Order;
import io.armwise.bandits.condition.Condition.TextTest;
import io.armwise.bandits.experiment.TargetingRule.AttributeType;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Conditions travel as nested lists and come back as they were. */
class ConditionFormPropertyTest {

  @Property(tries = 2_000)
  void comesBackAsItWas(@ForAll("conditions") Condition condition) {
    assertThat(ConditionForm.read(ConditionForm.of(condition))).isEqualTo(condition);
  }

  @Provide
  Arbitrary<Condition> conditions() {
    return terms(4);
  }

  private static Arbitrary<Condition> terms(int depth) {
    Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(4);
    Arbitrary<Condition> leaves =
        Arbitraries.oneOf(
            Arbitraries.of(true, false).map(Condition.Constant::new),
            Arbitraries.longs().map(Condition.Constant::new),
            Arbitraries.doubles().map(Condition.Constant::new),
            texts.map(Condition.Constant::new),
            Combinators.combine(texts, Arbitraries.of(AttributeType.class))
                .as(Condition.Attribute::new),
            Arbitraries.just(new Condition.Attributes()));
    if (depth == 0) {
      return leaves;
    }
    Arbitrary<Condition> inner = Arbitraries.lazy(() -> terms(depth - 1));
    return Arbitraries.oneOf(
        leaves,
        Combinators.combine(inner, texts).as(Condition.Member::new),
        Combinators.combine(inner, texts).as(Condition.Has::new),
        inner.map(Condition.Not::new),
        inner.map(Condition.Size::new),
        Combinators.combine(inner, inner).as(Condition.And::new),
        Combinators.combine(inner, inner).as(Condition.Or::new),
        Combinators.combine(inner, inner).as(Condition.Equal::new),
        Combinators.combine(inner, inner).as(Condition.In::new),
        Combinators.combine(Arbitraries.of(Order.class), inner, inner).as(Condition.Compare::new),
        Combinators.combine(Arbitraries.of(TextTest.class), inner, inner).as(Condition.Text::new),
        Combinators.combine(inner, inner, inner).as(Condition.Either::new),
        Combinators.combine(inner, texts.set().ofMaxSize(3)).as(Condition.InTexts::new),
        inner.list().ofMaxSize(3).map(Condition.ListOf::new));
  }

  @Example
  void refusesWhatIsNoCondition() {
    assertRefused("country", "must be a list that begins with an operation, got country");
    assertRefused(List.of(), "must be a list that begins with an operation, got []");
    assertRefused(List.of("regex", "a"), "the operation 'regex' is not known");
    assertRefused(List.of("not"), "operand 1 of 1 of 'not' is wrong: [not]");
    assertRefused(List.of("bool", "yes"), "operand 1 of 1 of 'bool' is wrong: [bool, yes]");
    assertRefused(
        List.of("in-texts", List.of("attributes"), List.of(1L)), "'in-texts' needs texts, got 1");
    List<?> deep = List.of("bool", true);
    for (int i = 0; i < 300; i++) {
      deep = List.of("not", deep);
    }
    assertRefused(deep, "must be nested at most 200 deep");
  }

  private static void assertRefused(Object form, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConditionForm.read(form))
        .withMessageContaining(message);
  }
}
