package io.armwise.service.dashboard.action;

import io.armwise.service.dashboard.Shell;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page that says what an action does before it is done.
 *
 * @param key of the experiment
 * @param name of the experiment
 * @param version that the person sees
 * @param effects what happens, one fact each
 * @param certified what simulation says of the design; absent where it does not matter
 * @param isCertified whether it has been simulated as it is
 * @param undo whether and how it can be taken back
 * @param arms that can be chosen; empty where none is asked for
 * @param fields what was typed, by name
 * @param errors what is wrong, by name of the field; the empty name for the whole
 */
public record ActionPage(
    Shell shell,
    String key,
    String name,
    int version,
    Task task,
    String heading,
    List<String> effects,
    @Nullable String certified,
    boolean isCertified,
    String undo,
    List<Choice> arms,
    Map<String, String> fields,
    Map<String, String> errors) {

  /** Keeps the collections. */
  public ActionPage {
    effects = List.copyOf(effects);
    arms = List.copyOf(arms);
    fields = Map.copyOf(fields);
    errors = Map.copyOf(errors);
  }

  /** An arm to choose. */
  public record Choice(String key, String text) {}

  /** What was typed; empty for nothing. */
  public String text(String field) {
    return fields.getOrDefault(field, "");
  }

  /** What is wrong with a field; null if nothing is. */
  public @Nullable String error(String field) {
    return errors.get(field);
  }
}
