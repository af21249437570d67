package io.armwise.service.dashboard.editor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.armwise.bandits.experiment.Violation;
import io.armwise.service.dashboard.HumanText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts what a person typed into a document, and keeps what could not be read. An empty field leaves
 * none. One use per form; not thread-safe.
 */
final class TypedFields {
  private final DefinitionForm form;
  private final List<Violation> unreadable = new ArrayList<>();

  TypedFields(DefinitionForm form) {
    this.form = form;
  }

  DefinitionForm form() {
    return form;
  }

  /** What could not be read. */
  List<Violation> unreadable() {
    return List.copyOf(unreadable);
  }

  /** Keeps that a field cannot be read. */
  void refuse(String name, String rule, String value) {
    unreadable.add(new Violation(name, rule, value));
  }

  void text(ObjectNode into, String field, String name) {
    String given = form.text(name);
    put(into, field, given.isEmpty() ? null : TextNode.valueOf(given));
  }

  void fraction(ObjectNode into, String field, String name) {
    put(into, field, json(readable(name, HumanText::fraction)));
  }

  void number(ObjectNode into, String field, String name) {
    put(into, field, json(readable(name, HumanText::number)));
  }

  /** An amount of a metric: of a rate it may be written in percent. */
  void amount(ObjectNode into, String field, String name, boolean rate) {
    put(into, field, json(readable(name, rate ? HumanText::fraction : HumanText::number)));
  }

  void whole(ObjectNode into, String field, String name) {
    OptionalDouble number = readable(name, HumanText::number);
    boolean whole =
        number.isPresent()
            && number.getAsDouble() == Math.rint(number.getAsDouble())
            && Math.abs(number.getAsDouble()) < 1e15;
    if (number.isPresent() && !whole) {
      refuse(name, "must be a whole number", form.text(name));
    }
    put(into, field, whole ? LongNode.valueOf((long) number.getAsDouble()) : null);
  }

  void length(ObjectNode into, String field, String name) {
    String given = form.text(name);
    Optional<Duration> length = given.isEmpty() ? Optional.empty() : HumanText.length(given);
    if (!given.isEmpty() && length.isEmpty()) {
      refuse(name, "must be a length of time, such as 7 days or 30 minutes", given);
    }
    put(into, field, length.isEmpty() ? null : TextNode.valueOf(length.get().toString()));
  }

  /** A number; empty if the field is, or if it cannot be read, which is kept. */
  OptionalDouble readable(String name, Function<String, OptionalDouble> reader) {
    String given = form.text(name);
    if (given.isEmpty()) {
      return OptionalDouble.empty();
    }
    OptionalDouble number = reader.apply(given);
    if (number.isEmpty()) {
      refuse(name, "must be a number", given);
    }
    return number;
  }

  /** Sets a field, or removes it for null. */
  static void put(ObjectNode into, String field, @Nullable JsonNode value) {
    if (value == null) {
      into.remove(field);
    } else {
      into.set(field, value);
    }
  }

  /** The object in a field, made if there is none. */
  static ObjectNode object(ObjectNode in, String field) {
    return in.path(field) instanceof ObjectNode known ? known : in.putObject(field);
  }

  private static @Nullable JsonNode json(OptionalDouble number) {
    return number.isPresent() ? DoubleNode.valueOf(number.getAsDouble()) : null;
  }
}
