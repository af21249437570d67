package io.armwise.bandits.condition;

import io.armwise.bandits.condition.Condition.And;
import io.armwise.bandits.condition.Condition.Attribute;
import io.armwise.bandits.condition.Condition.Attributes;
import io.armwise.bandits.condition.Condition.Compare;
import io.armwise.bandits.condition.Condition.Constant;
import io.armwise.bandits.condition.Condition.Either;
import io.armwise.bandits.condition.Condition.Equal;
import io.armwise.bandits.condition.Condition.Has;
import io.armwise.bandits.condition.Condition.In;
import io.armwise.bandits.condition.Condition.InTexts;
import io.armwise.bandits.condition.Condition.ListOf;
import io.armwise.bandits.condition.Condition.Member;
import io.armwise.bandits.condition.Condition.Not;
import io.armwise.bandits.condition.Condition.Or;
import io.armwise.bandits.condition.Condition.Order;
import io.armwise.bandits.condition.Condition.Size;
import io.armwise.bandits.condition.Condition.Text;
import io.armwise.bandits.condition.Condition.TextTest;
import io.armwise.bandits.experiment.TargetingRule.AttributeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A condition as nested lists, which any JSON library reads and writes: the name of an operation,
 * then its operands.
 *
 * <pre>{@code
 * country == 'DE' && size(cart) > 2
 * ["and", ["==", ["attribute", "country", "string"], ["string", "DE"]],
 *         [">", ["size", ["member", ["attributes"], "cart"]], ["int", "2"]]]
 * }</pre>
 *
 * <p>Whole numbers are texts, because many readers of JSON know only double precision. Stateless.
 */
public final class ConditionForm {
  /** Deeper conditions are refused: what a parser of conditions admits is far below it. */
  private static final int MAX_DEPTH = 200;

  private ConditionForm() {}

  /** The lists of a condition. */
  public static List<Object> of(Condition condition) {
    return switch (condition) {
      case Constant(Object value) -> constant(value);
      case Attribute(String name, AttributeType type) ->
          List.of("attribute", name, type.name().toLowerCase(Locale.ROOT));
      case Attributes() -> List.of("attributes");
      case Member(Condition map, String key) -> List.of("member", of(map), key);
      case Has(Condition map, String key) -> List.of("has", of(map), key);
      case Not(Condition term) -> List.of("not", of(term));
      case And(Condition left, Condition right) -> List.of("and", of(left), of(right));
      case Or(Condition left, Condition right) -> List.of("or", of(left), of(right));
      case Equal(Condition left, Condition right) -> List.of("==", of(left), of(right));
      case Compare(Order order, Condition left, Condition right) ->
          List.of(name(order), of(left), of(right));
      case In(Condition element, Condition collection) ->
          List.of("in", of(element), of(collection));
      case InTexts(Condition element, Set<String> texts) ->
          List.of("in-texts", of(element), List.copyOf(new TreeSet<>(texts)));
      case ListOf(List<Condition> terms) ->
          List.of("list", terms.stream().map(ConditionForm::of).toList());
      case Text(TextTest test, Condition text, Condition part) ->
          List.of(name(test), of(text), of(part));
      case Size(Condition term) -> List.of("size", of(term));
      case Either(Condition test, Condition then, Condition otherwise) ->
          List.of("if", of(test), of(then), of(otherwise));
    };
  }

  private static List<Object> constant(Object value) {
    return switch (value) {
      case Boolean truth -> List.of("bool", truth);
      case Long whole -> List.of("int", whole.toString());
      case Double number -> List.of("double", number);
      default -> List.of("string", value);
    };
  }

  private static String name(Order order) {
    return switch (order) {
      case LESS -> "<";
      case AT_MOST -> "<=";
      case GREATER -> ">";
      case AT_LEAST -> ">=";
    };
  }

  private static String name(TextTest test) {
    return switch (test) {
      case STARTS_WITH -> "starts-with";
      case ENDS_WITH -> "ends-with";
      case CONTAINS -> "contains";
    };
  }

  /**
   * The condition of such lists.
   *
   * @param form lists, texts, numbers and booleans, as a reader of JSON gives them
   * @throws IllegalArgumentException if it is none, or of an operation that is not known here
   */
  public static Condition read(Object form) {
    return read(form, 0);
  }

  private static Condition read(Object form, int depth) {
    if (!(depth <= MAX_DEPTH)) {
      throw new IllegalArgumentException(
          "a condition must be nested at most " + MAX_DEPTH + " deep");
    }
    if (!(form instanceof List<?> list)
        || list.isEmpty()
        || !(list.getFirst() instanceof String operation)) {
      throw new IllegalArgumentException(
          "a condition must be a list that begins with an operation, got " + form);
    }
    Operands operands = new Operands(operation, list, depth);
    return switch (operation) {
      case "bool" -> new Constant(operands.of(Boolean.class, 1, 1));
      case "int" -> new Constant(Long.valueOf(operands.of(String.class, 1, 1)));
      case "double" -> new Constant(operands.of(Number.class, 1, 1).doubleValue());
      case "string" -> new Constant(operands.of(String.class, 1, 1));
      case "attribute" ->
          new Attribute(
              operands.of(String.class, 1, 2),
              AttributeType.valueOf(operands.of(String.class, 2, 2).toUpperCase(Locale.ROOT)));
      case "attributes" -> new Attributes();
      case "member" -> new Member(operands.term(1, 2), operands.of(String.class, 2, 2));
      case "has" -> new Has(operands.term(1, 2), operands.of(String.class, 2, 2));
      case "not" -> new Not(operands.term(1, 1));
      case "and" -> new And(operands.term(1, 2), operands.term(2, 2));
      case "or" -> new Or(operands.term(1, 2), operands.term(2, 2));
      case "==" -> new Equal(operands.term(1, 2), operands.term(2, 2));
      case "<" -> new Compare(Order.LESS, operands.term(1, 2), operands.term(2, 2));
      case "<=" -> new Compare(Order.AT_MOST, operands.term(1, 2), operands.term(2, 2));
      case ">" -> new Compare(Order.GREATER, operands.term(1, 2), operands.term(2, 2));
      case ">=" -> new Compare(Order.AT_LEAST, operands.term(1, 2), operands.term(2, 2));
      case "in" -> new In(operands.term(1, 2), operands.term(2, 2));
      case "in-texts" -> new InTexts(operands.term(1, 2), operands.texts());
      case "list" -> new ListOf(operands.terms());
      case "starts-with" ->
          new Text(TextTest.STARTS_WITH, operands.term(1, 2), operands.term(2, 2));
      case "ends-with" -> new Text(TextTest.ENDS_WITH, operands.term(1, 2), operands.term(2, 2));
      case "contains" -> new Text(TextTest.CONTAINS, operands.term(1, 2), operands.term(2, 2));
      case "size" -> new Size(operands.term(1, 1));
      case "if" -> new Either(operands.term(1, 3), operands.term(2, 3), operands.term(3, 3));
      default ->
          throw new IllegalArgumentException("the operation '" + operation + "' is not known");
    };
  }

  /** What follows an operation. */
  private record Operands(String operation, List<?> list, int depth) {
    <T> T of(Class<T> type, int index, int count) {
      Object operand = list.size() == count + 1 ? list.get(index) : null;
      if (!type.isInstance(operand)) {
        throw new IllegalArgumentException(
            "operand " + index + " of " + count + " of '" + operation + "' is wrong: " + list);
      }
      return type.cast(operand);
    }

    Condition term(int index, int count) {
      return read(of(List.class, index, count), depth + 1);
    }

    List<Condition> terms() {
      List<Condition> terms = new ArrayList<>();
      for (Object term : of(List.class, 1, 1)) {
        terms.add(read(term, depth + 1));
      }
      return terms;
    }

    Set<String> texts() {
      Set<String> texts = new TreeSet<>();
      for (Object text : of(List.class, 2, 2)) {
        if (!(text instanceof String member)) {
          throw new IllegalArgumentException("'in-texts' needs texts, got " + text);
        }
        texts.add(member);
      }
      return texts;
    }
  }
}
