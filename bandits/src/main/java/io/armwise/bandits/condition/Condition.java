package io.armwise.bandits.condition;

import io.armwise.bandits.experiment.TargetingRule.AttributeType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A term over attributes, the portable part of the Common Expression Language: constants,
 * attributes, presence, logic, equality, order, membership, tests of text, size and choice. Terms
 * are plain values, so a server can send them to clients, which then need no parser.
 *
 * <p>A term's value is a {@code Boolean}, {@code Long}, {@code Double}, {@code String}, {@code
 * List} or {@code Map}, or {@link #NONE} where the language has an error: an attribute is missing
 * or has another type than the term needs. As in the language, {@code false && error} is false and
 * {@code true || error} is true, on either side.
 *
 * <p>Immutable. Evaluation allocates nothing, and costs a few nanoseconds a term.
 *
 * <p>Source: the Common Expression Language, language definition, sections "Equality", "Ordering",
 * "Logical operators" and "Field selection".
 */
public sealed interface Condition {

  /** The value of a term that has none. */
  Object NONE = Absence.NONE;

  /** Whether a term's value is {@link #NONE}. */
  static boolean isNone(Object value) {
    return value instanceof Absence;
  }

  /**
   * The term's value.
   *
   * @param attributes by name, see the package's users for their types
   * @return the value or {@link #NONE}; never throws
   */
  Object value(Map<String, ?> attributes);

  /** A constant: a boolean, whole number, number in double precision or text. */
  record Constant(Object value) implements Condition {
    /** Guards the type. */
    public Constant {
      if (!(value instanceof Boolean
          || value instanceof Long
          || value instanceof Double
          || value instanceof String)) {
        throw new IllegalArgumentException(
            "constant must be a Boolean, Long, Double or String, got " + value);
      }
    }

    @Override
    public Object value(Map<String, ?> attributes) {
      return value;
    }
  }

  /**
   * A declared attribute.
   *
   * @param type what it must be; a whole number serves as a double
   */
  record Attribute(String name, AttributeType type) implements Condition {
    @Override
    public Object value(Map<String, ?> attributes) {
      return Values.typed(attributes.get(name), type);
    }
  }

  /** The map of all attributes. */
  record Attributes() implements Condition {
    @Override
    public Object value(Map<String, ?> attributes) {
      return attributes;
    }
  }

  /** A member of a map. */
  record Member(Condition map, String key) implements Condition {
    @Override
    public Object value(Map<String, ?> attributes) {
      Object member = map.value(attributes) instanceof Map<?, ?> found ? found.get(key) : null;
      return member == null ? NONE : member;
    }
  }

  /** Whether a map has a member. */
  record Has(Condition map, String key) implements Condition {
    @Override
    public Object value(Map<String, ?> attributes) {
      return map.value(attributes) instanceof Map<?, ?> found ? found.get(key) != null : NONE;
    }
  }

  /** Negation. */
  record Not(Condition term) implements Condition {
    @Override
    public Object value(Map<String, ?> attributes) {
      return term.value(attributes) instanceof Boolean holds ? !holds : NONE;
    }
  }

  /** Conjunction. */
  record And(Condition left, Condition right) implements Condition {
    @Override
    public Object value(Map<String, ?> attributes) {
      return Values.unlessEither(left, right, attributes, false);
    }
  }

  /** Disjunction. */
  record Or(Condition left, Condition right) implements Condition {
    @Override
    public Object value(Map<String, ?> attributes) {
      return Values.unlessEither(left, right, attributes, true);
    }
  }

  /** Equality, of numbers by their value; what differs in type is not equal. */
  record Equal(Condition left, Condition right) implements Condition {
    @Override
    public Object value(Map<String, ?> attributes) {
      Object one = left.value(attributes);
      Object other = right.value(attributes);
      return isNone(one) || isNone(other) ? NONE : Values.areEqual(one, other);
    }
  }

  /** How two values are ordered. */
  enum Order {
    /** Less. */
    LESS,
    /** Less or equal. */
    AT_MOST,
    /** Greater. */
    GREATER,
    /** Greater or equal. */
    AT_LEAST
  }

  /** Order of two numbers, of two texts by code points, or of two booleans. */
  record Compare(Order order, Condition left, Condition right) implements Condition {
    @Override
    public Object value(Map<String, ?> attributes) {
      return Values.inOrder(order, left.value(attributes), right.value(attributes));
    }
  }

  /** Membership in a list or among the keys of a map. */
  record In(Condition element, Condition collection) implements Condition {
    @Override
    public Object value(Map<String, ?> attributes) {
      return Values.isIn(element.value(attributes), collection.value(attributes));
    }
  }

  /** Membership among constant texts. */
  record InTexts(Condition element, Set<String> texts) implements Condition {
    /** Copies the set. */
    public InTexts {
      texts = Set.copyOf(texts);
    }

    @Override
    public Object value(Map<String, ?> attributes) {
      Object wanted = element.value(attributes);
      return isNone(wanted) ? NONE : wanted instanceof String text && texts.contains(text);
    }
  }

  /** A list of terms; it has a value if all of them have. */
  record ListOf(List<Condition> terms) implements Condition {
    /** Copies the list. */
    public ListOf {
      terms = List.copyOf(terms);
    }

    @Override
    public Object value(Map<String, ?> attributes) {
      Object[] values = new Object[terms.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = terms.get(i).value(attributes);
        if (isNone(values[i])) {
          return NONE;
        }
      }
      return List.of(values);
    }
  }

  /** A test of text. */
  enum TextTest {
    /** Begins with. */
    STARTS_WITH,
    /** Ends with. */
    ENDS_WITH,
    /** Contains. */
    CONTAINS
  }

  /** A test of one text against another. */
  record Text(TextTest test, Condition text, Condition part) implements Condition {
    @Override
    public Object value(Map<String, ?> attributes) {
      if (text.value(attributes) instanceof String whole
          && part.value(attributes) instanceof String wanted) {
        return switch (test) {
          case STARTS_WITH -> whole.startsWith(wanted);
          case ENDS_WITH -> whole.endsWith(wanted);
          case CONTAINS -> whole.contains(wanted);
        };
      }
      return NONE;
    }
  }

  /** The number of a text's code points, of a list's elements or of a map's entries. */
  record Size(Condition term) implements Condition {
    @Override
    public Object value(Map<String, ?> attributes) {
      return Values.size(term.value(attributes));
    }
  }

  /** One of two terms. */
  record Either(Condition condition, Condition then, Condition otherwise) implements Condition {
    @Override
    public Object value(Map<String, ?> attributes) {
      if (condition.value(attributes) instanceof Boolean holds) {
        return (holds ? then : otherwise).value(attributes);
      }
      return NONE;
    }
  }
}
