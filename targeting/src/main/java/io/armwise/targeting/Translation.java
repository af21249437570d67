package io.armwise.targeting;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelSelect;
import io.armwise.bandits.condition.Condition;
import io.armwise.bandits.condition.Condition.Order;
import io.armwise.bandits.condition.Condition.TextTest;
import io.armwise.bandits.experiment.TargetingRule;
import io.armwise.bandits.experiment.TargetingRule.AttributeType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a checked syntax tree into a portable term, if it lies in that part of the language.
 * Immutable.
 */
final class Translation {
  private final TargetingRule rule;

  Translation(TargetingRule rule) {
    this.rule = rule;
  }

  Optional<Condition> condition(CelExpr expression) {
    return switch (expression.getKind()) {
      case CONSTANT -> constant(expression.constant());
      case IDENT -> identifier(expression.ident().name());
      case SELECT -> select(expression.select());
      case CALL -> call(expression.call());
      case LIST -> list(expression.list().elements());
      case NOT_SET, STRUCT, MAP, COMPREHENSION -> Optional.empty();
    };
  }

  private static Optional<Condition> constant(CelConstant constant) {
    return switch (constant.getKind()) {
      case BOOLEAN_VALUE -> Optional.of(new Condition.Constant(constant.booleanValue()));
      case INT64_VALUE -> Optional.of(new Condition.Constant(constant.int64Value()));
      case DOUBLE_VALUE -> Optional.of(new Condition.Constant(constant.doubleValue()));
      case STRING_VALUE -> Optional.of(new Condition.Constant(constant.stringValue()));
      case NOT_SET, NULL_VALUE, UINT64_VALUE, BYTES_VALUE, TIMESTAMP_VALUE, DURATION_VALUE ->
          Optional.empty();
    };
  }

  private Optional<Condition> identifier(String name) {
    AttributeType type = rule.attributes().get(name);
    if (type != null) {
      return Optional.of(new Condition.Attribute(name, type));
    }
    return name.equals(CelCompiler.ATTRIBUTES)
        ? Optional.of(new Condition.Attributes())
        : Optional.empty();
  }

  private Optional<Condition> select(CelSelect select) {
    return condition(select.operand())
        .map(
            map ->
                select.testOnly()
                    ? new Condition.Has(map, select.field())
                    : new Condition.Member(map, select.field()));
  }

  private Optional<Condition> list(List<CelExpr> elements) {
    List<Condition> terms = new ArrayList<>();
    for (CelExpr element : elements) {
      condition(element).ifPresent(terms::add);
    }
    return terms.size() == elements.size()
        ? Optional.of(new Condition.ListOf(terms))
        : Optional.empty();
  }

  private Optional<Condition> call(CelCall call) {
    List<CelExpr> operands = new ArrayList<>();
    call.target().ifPresent(operands::add);
    operands.addAll(call.args());
    List<Condition> terms = new ArrayList<>();
    for (CelExpr operand : operands) {
      condition(operand).ifPresent(terms::add);
    }
    if (terms.size() != operands.size()) {
      return Optional.empty();
    }
    return switch (terms.size()) {
      case 1 -> unary(call.function(), terms.getFirst());
      case 2 -> binary(call.function(), terms.getFirst(), terms.get(1));
      case 3 ->
          call.function().equals("_?_:_")
              ? Optional.of(new Condition.Either(terms.getFirst(), terms.get(1), terms.get(2)))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<Condition> unary(String function, Condition term) {
    return switch (function) {
      case "!_" -> Optional.of(new Condition.Not(term));
      case "size" -> Optional.of(new Condition.Size(term));
      default -> Optional.empty();
    };
  }

  private static Optional<Condition> binary(String function, Condition left, Condition right) {
    return switch (function) {
      case "_&&_" -> Optional.of(new Condition.And(left, right));
      case "_||_" -> Optional.of(new Condition.Or(left, right));
      case "_==_" -> Optional.of(new Condition.Equal(left, right));
      case "_!=_" -> Optional.of(new Condition.Not(new Condition.Equal(left, right)));
      case "_<_" -> Optional.of(new Condition.Compare(Order.LESS, left, right));
      case "_<=_" -> Optional.of(new Condition.Compare(Order.AT_MOST, left, right));
      case "_>_" -> Optional.of(new Condition.Compare(Order.GREATER, left, right));
      case "_>=_" -> Optional.of(new Condition.Compare(Order.AT_LEAST, left, right));
      case "@in" -> Optional.of(membership(left, right));
      case "_[_]" ->
          right instanceof Condition.Constant(String key)
              ? Optional.of(new Condition.Member(left, key))
              : Optional.empty();
      case "startsWith" -> Optional.of(new Condition.Text(TextTest.STARTS_WITH, left, right));
      case "endsWith" -> Optional.of(new Condition.Text(TextTest.ENDS_WITH, left, right));
      case "contains" -> Optional.of(new Condition.Text(TextTest.CONTAINS, left, right));
      default -> Optional.empty();
    };
  }

  private static Condition membership(Condition element, Condition collection) {
    if (collection instanceof Condition.ListOf(List<Condition> terms)) {
      Set<String> texts = new HashSet<>();
      for (Condition term : terms) {
        if (term instanceof Condition.Constant(String text)) {
          texts.add(text);
        } else {
          return new Condition.In(element, collection);
        }
      }
      return new Condition.InTexts(element, texts);
    }
    return new Condition.In(element, collection);
  }
}
