package io.armwise.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attributes in the types that conditions know, which are those that the service reads from JSON:
 * whole numbers as {@code Long}, other numbers as {@code Double}. Stateless.
 */
final class Attributes {
  private Attributes() {}

  /** The same attributes; the map itself if it has no other types. */
  static Map<String, ?> of(Map<String, ?> given) {
    for (Object value : given.values()) {
      if (!isPlain(value)) {
        return map(given);
      }
    }
    return given;
  }

  private static boolean isPlain(@Nullable Object value) {
    return value instanceof String
        || value instanceof Long
        || value instanceof Boolean
        || value instanceof Double;
  }

  private static Object value(Object given) {
    return switch (given) {
      case Integer whole -> (long) whole;
      case Short whole -> (long) whole;
      case Byte whole -> (long) whole;
      case Float number -> (double) number;
      case List<?> list -> list(list);
      case Map<?, ?> map -> map(map);
      default -> given;
    };
  }

  private static List<Object> list(List<?> given) {
    List<Object> list = new ArrayList<>(given.size());
    for (Object element : given) {
      if (element != null) {
        list.add(value(element));
      }
    }
    return list;
  }

  private static Map<String, Object> map(Map<?, ?> given) {
    Map<String, Object> map = HashMap.newHashMap(given.size());
    given.forEach(
        (name, value) -> {
          if (value != null) {
            map.put(String.valueOf(name), value(value));
          }
        });
    return map;
  }
}
