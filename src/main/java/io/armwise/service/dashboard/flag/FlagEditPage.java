package io.armwise.service.dashboard.flag;

import io.armwise.service.dashboard.Shell;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form that makes or changes a flag.
 *
 * @param key of the flag that is changed; null for a new one
 * @param version of it that the person has seen
 * @param form what was typed
 * @param experiments that may decide it, names by key
 * @param effects what saving does, one fact each; empty before anybody asked
 * @param checked stands for what the effects were told of
 * @param errors what is wrong, by name of the field; the empty name for the whole
 */
public record FlagEditPage(
    Shell shell,
    @Nullable String key,
    int version,
    FlagForm form,
    Map<String, String> experiments,
    List<String> effects,
    String checked,
    Map<String, String> errors) {

  /** Keeps the collections. */
  public FlagEditPage {
    effects = List.copyOf(effects);
    errors = Map.copyOf(errors);
  }

  /** What is done. */
  public String heading() {
    return key == null ? "New flag" : "Change " + key;
  }

  /** Address that takes the form. */
  public String action() {
    return key == null ? "/new/flag" : "/flags/" + key + "/edit";
  }

  /** Address to leave to. */
  public String back() {
    return key == null ? "/flags" : "/flags/" + key;
  }

  /** What is wrong with a field; null if nothing is. */
  public @Nullable String error(String field) {
    return errors.get(field);
  }

  /** The id of a field's element. */
  public static String id(String field) {
    return "v-" + field.replace('.', '-');
  }
}
