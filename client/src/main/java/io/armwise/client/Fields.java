package io.armwise.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, by their types. A field that is missing or of another type is an
 * {@link IllegalArgumentException} that names it.
 */
record Fields(Map<?, ?> object) {
  static Fields of(@Nullable Object value) {
    if (value instanceof Map<?, ?> object) {
      return new Fields(object);
    }
    throw new IllegalArgumentException("must be an object, got " + value);
  }

  String text(String name) {
    if (object.get(name) instanceof String text) {
      return text;
    }
    throw wrong(name, "text");
  }

  long whole(String name) {
    if (object.get(name) instanceof Long number) {
      return number;
    }
    throw wrong(name, "a whole number");
  }

  double number(String name) {
    if (object.get(name) instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong(name, "a number");
  }

  boolean truth(String name) {
    if (object.get(name) instanceof Boolean truth) {
      return truth;
    }
    throw wrong(name, "true or false");
  }

  /** The list; an absent one is empty. */
  List<?> list(String name) {
    return switch (object.get(name)) {
      case null -> List.of();
      case List<?> list -> list;
      default -> throw wrong(name, "a list");
    };
  }

  /** The list of objects; an absent one is empty. */
  List<Fields> objects(String name) {
    return list(name).stream().map(Fields::of).toList();
  }

  /** The list of texts; an absent one is empty. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Object value : list(name)) {
      if (!(value instanceof String text)) {
        throw wrong(name, "a list of texts");
      }
      texts.add(text);
    }
    return texts;
  }

  /** The list of whole numbers; an absent one is empty. */
  long[] wholes(String name) {
    List<?> list = list(name);
    long[] numbers = new long[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!(list.get(i) instanceof Long number)) {
        throw wrong(name, "a list of whole numbers");
      }
      numbers[i] = number;
    }
    return numbers;
  }

  @Nullable Fields objectOrNull(String name) {
    Object value = object.get(name);
    return value == null ? null : of(value);
  }

  @Nullable Object any(String name) {
    return object.get(name);
  }

  private IllegalArgumentException wrong(String name, String rule) {
    return new IllegalArgumentException(name + " must be " + rule + ", got " + object.get(name));
  }
}
