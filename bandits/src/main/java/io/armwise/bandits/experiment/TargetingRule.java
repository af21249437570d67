package io.armwise.bandits.experiment;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A condition on a request's attributes, as a person writes it.
 *
 * @param expression text in the Common Expression Language that yields true or false
 * @param attributes the attributes that it may name directly, with their types; every attribute,
 *     declared or not, is also in the map {@code attributes}. Iterates by name
 */
public record TargetingRule(String expression, Map<String, AttributeType> attributes) {

  /** What a declared attribute is. */
  public enum AttributeType {
    /** Text. */
    STRING,
    /** A whole number of 64 bits. */
    INT,
    /** A number in double precision. */
    DOUBLE,
    /** True or false. */
    BOOL;

    /** The word that people write, for example {@code string}. */
    public String json() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public TargetingRule {
    attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
  }

  /** A condition that reads its attributes from the map only. */
  public static TargetingRule of(String expression) {
    return new TargetingRule(expression, Map.of());
  }
}
