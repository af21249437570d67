package io.armwise.service.dashboard;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Attributes with their types as people write them: {@code country: string, age: int}. Pure. */
public final class AttributeText {
  /** What such a text must be. */
  public static final String RULE =
      "must be names with their types, such as country: string, age: int";

  private static final Pattern ATTRIBUTE = Pattern.compile("\\s*(\\S+?)\\s*[:=]\\s*(\\S+)\\s*");

  private AttributeText() {}

  /**
   * Reads a text.
   *
   * @param types takes the types by name
   * @return the parts that cannot be read, if there are any
   */
  public static Optional<String> read(String text, Map<String, String> types) {
    StringBuilder unreadable = new StringBuilder();
    for (String part : text.split("[,\\n]", -1)) {
      Matcher attribute = ATTRIBUTE.matcher(part);
      if (attribute.matches()) {
        types.put(attribute.group(1), attribute.group(2));
      } else if (!part.isBlank()) {
        unreadable.append(unreadable.isEmpty() ? "" : ", ").append(part.strip());
      }
    }
    return unreadable.isEmpty() ? Optional.empty() : Optional.of(unreadable.toString());
  }

  /** Writes types by name. */
  public static String write(Map<String, String> types) {
    return types.entrySet().stream()
        .map(attribute -> attribute.getKey() + ": " + attribute.getValue())
        .collect(Collectors.joining(", "));
  }
}
