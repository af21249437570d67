package io.armwise.bandits.condition;

import io.armwise.bandits.condition.Condition.Order;
import io.armwise.bandits.experiment.TargetingRule.AttributeType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the language says about values. */
final class Values {
  /** Every double of at least this size is a whole number beyond all longs. */
  private static final double TWO_TO_63 = 0x1p63;

  private Values() {}

  static Object typed(@Nullable Object value, AttributeType type) {
    return switch (type) {
      case STRING -> value instanceof String text ? text : Condition.NONE;
      case BOOL -> value instanceof Boolean truth ? truth : Condition.NONE;
      case INT -> value instanceof Long number ? number : Condition.NONE;
      case DOUBLE ->
          switch (value) {
            case Double number -> number;
            case Long number -> (double) number;
            case null, default -> Condition.NONE;
          };
    };
  }

  /** The dominant truth value if either side has it; the other one if both sides have it. */
  static Object unlessEither(
      Condition left, Condition right, Map<String, ?> attributes, boolean dominant) {
    Object one = left.value(attributes);
    if (one instanceof Boolean truth && truth == dominant) {
      return dominant;
    }
    Object other = right.value(attributes);
    if (other instanceof Boolean truth && truth == dominant) {
      return dominant;
    }
    return one instanceof Boolean && other instanceof Boolean ? !dominant : Condition.NONE;
  }

  static boolean areEqual(Object one, Object other) {
    if ((one instanceof Long && other instanceof Long) || one instanceof String) {
      return one.equals(other);
    }
    if (one instanceof Number a && other instanceof Number b) {
      return compare(a, b) == 0;
    }
    if (one instanceof List<?> a && other instanceof List<?> b) {
      return areEqualLists(a, b);
    }
    if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
      return areEqualMaps(a, b);
    }
    return one.equals(other);
  }

  private static boolean areEqualLists(List<?> one, List<?> other) {
    boolean equal = one.size() == other.size();
    for (int i = 0; equal && i < one.size(); i++) {
      equal = areEqual(one.get(i), other.get(i));
    }
    return equal;
  }

  private static boolean areEqualMaps(Map<?, ?> one, Map<?, ?> other) {
    return one.size() == other.size()
        && one.entrySet().stream()
            .allMatch(
                entry -> {
                  Object value = other.get(entry.getKey());
                  return value != null && areEqual(entry.getValue(), value);
                });
  }

  static Object inOrder(Order order, Object one, Object other) {
    int sign;
    if (one instanceof Number a && other instanceof Number b) {
      sign = compare(a, b);
    } else if (one instanceof String a && other instanceof String b) {
      sign = compareCodePoints(a, b);
    } else if (one instanceof Boolean a && other instanceof Boolean b) {
      sign = a.compareTo(b);
    } else {
      return Condition.NONE;
    }
    return switch (order) {
      case LESS -> sign < 0;
      case AT_MOST -> sign <= 0;
      case GREATER -> sign > 0;
      case AT_LEAST -> sign >= 0;
    };
  }

  /** Compares two finite numbers by their exact values. */
  private static int compare(Number one, Number other) {
    if (one instanceof Long a) {
      return other instanceof Long b ? Long.compare(a, b) : compareExactly(a, other.doubleValue());
    }
    if (other instanceof Long b) {
      return -compareExactly(b, one.doubleValue());
    }
    double a = one.doubleValue();
    double b = other.doubleValue();
    return a < b ? -1 : a > b ? 1 : 0;
  }

  private static int compareExactly(long whole, double number) {
    if (number >= TWO_TO_63) {
      return -1;
    }
    if (number < -TWO_TO_63) {
      return 1;
    }
    int sign = Long.compare(whole, (long) number);
    double fraction = number - (long) number;
    return sign != 0 ? sign : fraction > 0 ? -1 : fraction < 0 ? 1 : 0;
  }

  /** UTF-16 puts surrogates before some characters of the basic plane; code points do not. */
  private static int compareCodePoints(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        boolean above = Character.isSurrogate(a);
        return above == Character.isSurrogate(b) ? Character.compare(a, b) : above ? 1 : -1;
      }
    }
    return Integer.compare(one.length(), other.length());
  }

  static Object isIn(Object element, Object collection) {
    if (Condition.isNone(element)) {
      return Condition.NONE;
    }
    if (collection instanceof List<?> list) {
      for (Object candidate : list) {
        if (areEqual(element, candidate)) {
          return true;
        }
      }
      return false;
    }
    return collection instanceof Map<?, ?> map ? map.containsKey(element) : Condition.NONE;
  }

  static Object size(Object value) {
    return switch (value) {
      case String text -> (long) text.codePointCount(0, text.length());
      case List<?> list -> (long) list.size();
      case Map<?, ?> map -> (long) map.size();
      default -> Condition.NONE;
    };
  }
}
