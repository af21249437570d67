package io.armwise.service.experiment;

import io.armwise.bandits.experiment.TargetingRule;
import io.armwise.bandits.experiment.TargetingRule.AttributeType;
import io.armwise.bandits.experiment.Violation;
import io.armwise.service.experiment.ParticipationDocument.ConditionDocument;
import io.armwise.targeting.CelCompiler.Check;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads conditions and collects what is wrong with them. One use per document; not thread-safe. */
public final class ConditionReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

  private final FieldReader fields;

  /** A reader of its own. */
  public ConditionReader() {
    this(new FieldReader());
  }

  ConditionReader(FieldReader fields) {
    this.fields = fields;
  }

  /** The rules broken so far. */
  public List<Violation> violations() {
    return fields.violations();
  }

  /** A condition, checked; null if there is none or it is wrong. */
  public @Nullable TargetingRule read(String field, @Nullable ConditionDocument given) {
    if (given == null) {
      return null;
    }
    if (given.expression() == null || given.expression().isBlank()) {
      fields.violation(field + ".expression", "is required: a condition", "nothing");
      return null;
    }
    Map<String, AttributeType> types = new TreeMap<>();
    Map<String, String> declared = given.attributes() == null ? Map.of() : given.attributes();
    for (Map.Entry<String, String> entry : declared.entrySet()) {
      String name = field + ".attributes." + entry.getKey();
      if (!NAME.matcher(entry.getKey()).matches() || entry.getKey().equals("attributes")) {
        fields.violation(name, "must be a name of letters, digits and '_'", entry.getKey());
        return null;
      }
      types.put(
          entry.getKey(),
          fields.choice(AttributeType.class, name, entry.getValue(), AttributeType.STRING));
    }
    TargetingRule rule = new TargetingRule(given.expression(), types);
    return switch (Conditions.SHARED.check(rule)) {
      case Check.Valid _ -> rule;
      case Check.Invalid(int line, int column, String message) -> {
        String place = line == 0 ? "" : " at line " + line + ", column " + column;
        fields.violation(
            field + ".expression", "has an error" + place + ": " + message, given.expression());
        yield null;
      }
    };
  }
}
