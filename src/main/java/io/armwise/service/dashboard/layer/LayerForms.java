package io.armwise.service.dashboard.layer;

import io.armwise.bandits.assignment.Layer;
import io.armwise.service.dashboard.FormPage;
import io.armwise.service.dashboard.FormPage.Field;
import io.armwise.service.dashboard.FormPage.Section;
import io.armwise.service.dashboard.HumanText;
import io.armwise.service.dashboard.Shell;
import io.armwise.service.experiment.LayerDocuments.HoldoutView;
import io.armwise.service.experiment.LayerDocuments.LayerView;
import io.armwise.service.experiment.LayerDocuments.NewHoldout;
import io.armwise.service.experiment.LayerDocuments.NewLayer;
import io.armwise.service.platform.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The forms of layers and holdouts: what they ask, what they say, how they are read. Pure. */
final class LayerForms {
  private static final Section LAYERS = new Section("/layers", "Layers");
  private static final Field KEY =
      Field.optional("key", "Key", "Left empty, it is made from the name. It cannot change later.");

  private LayerForms() {}

  static FormPage layer(Shell shell, Map<String, String> texts, Map<String, String> errors) {
    return new FormPage(
        shell,
        LAYERS,
        "New layer",
        List.of(
            "All units are divided into 10,000 buckets, anew for this layer.",
            "Experiments that take disjoint ranges of it share no unit. Until one takes a range,"
                + " nothing changes for anybody."),
        "This cannot be undone: a layer stays, also without experiments.",
        "/layers/new",
        "Create the layer",
        false,
        List.of(
            Field.text("name", "Name", "What its experiments compete for, such as the checkout."),
            KEY),
        texts,
        errors);
  }

  /**
   * The form of a new holdout.
   *
   * @param running how many experiments run now
   */
  static FormPage holdout(
      Shell shell,
      List<LayerView> layers,
      long running,
      Map<String, String> texts,
      Map<String, String> errors) {
    Map<String, String> scopes = new LinkedHashMap<>();
    scopes.put("", "all experiments");
    layers.forEach(layer -> scopes.put(layer.key(), "those in the layer " + layer.name()));
    return new FormPage(
        shell,
        LAYERS,
        "New holdout",
        List.of(
            "Its units take part in no experiment and get the control arm, from the next request"
                + " on: hold them against everybody else to see what all experiments do together.",
            "Units in it that take part now leave at once and stop counting ("
                + running
                + (running == 1 ? " experiment runs" : " experiments run")
                + " now). Best make a holdout before the experiments that it is to judge.",
            "Which units they are is settled by their ids, and is the same every time."),
        "You can end a holdout at any time; its units may take part again from then on.",
        "/holdouts/new",
        "Create the holdout",
        false,
        List.of(
            Field.text("name", "Name", "Such as the half-year that it measures."),
            KEY,
            new Field("layer", "It keeps its units out of", "", false, scopes),
            Field.text("from", "From", "Of all units, such as 0 %."),
            Field.text("until", "Until", "Such as 5 %.")),
        texts,
        errors);
  }

  static FormPage end(
      Shell shell, HoldoutView holdout, Map<String, String> texts, Map<String, String> errors) {
    return new FormPage(
        shell,
        LAYERS,
        "End the holdout " + holdout.name(),
        List.of(
            "Its units may take part in "
                + LayerPages.scope(holdout.layer())
                + " from the next request on, and count from then on.",
            "Its units have told what everything that they were kept out of is worth together; from"
                + " now on they no longer can."),
        "This cannot be undone: a holdout that has ended stays ended. Make a new one instead.",
        "/holdouts/" + holdout.key() + "/end",
        "End the holdout",
        true,
        List.of(),
        texts,
        errors);
  }

  static NewLayer layer(Map<String, String> form) {
    return new NewLayer(key(form), text(form, "name"));
  }

  static NewHoldout holdout(Map<String, String> form) {
    String layer = text(form, "layer");
    return new NewHoldout(
        key(form),
        text(form, "name"),
        layer.isEmpty() ? null : layer,
        buckets(form, "from"),
        buckets(form, "until"));
  }

  private static String key(Map<String, String> form) {
    String given = text(form, "key");
    return given.isEmpty() ? HumanText.key(text(form, "name")) : given;
  }

  private static int buckets(Map<String, String> form, String field) {
    String given = text(form, field);
    OptionalDouble fraction = HumanText.fraction(given);
    if (fraction.isEmpty() || !(fraction.getAsDouble() >= 0 && fraction.getAsDouble() <= 1)) {
      throw ProblemException.invalid(field, "must be from 0 % to 100 %, such as 5 %", given);
    }
    return (int) Math.rint(fraction.getAsDouble() * Layer.BUCKETS);
  }

  static String text(Map<String, String> form, String field) {
    return form.getOrDefault(field, "").strip();
  }
}
