package io.armwise.service.dashboard.editor;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.service.certificate.CertificateView;
import io.armwise.service.certificate.Certificates;
import io.armwise.service.dashboard.Shells;
import io.armwise.service.dashboard.certificate.CertificateWords;
import io.armwise.service.dashboard.certificate.RunView;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.LayerChanges;
import io.armwise.service.experiment.LayerRoom;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gathers the form's page. Thread-safe. */
@Singleton
final class EditorPages {
  private final Shells shells;
  private final LayerChanges layers;
  private final Certificates certificates;

  EditorPages(Shells shells, LayerChanges layers, Certificates certificates) {
    this.shells = shells;
    this.layers = layers;
    this.certificates = certificates;
  }

  EditorPage of(HttpRequest<?> request, Draft draft, String focus) {
    Experiment experiment = draft.experiment();
    ExperimentDefinition definition = draft.definition();
    String heading =
        experiment == null ? "New experiment" : "Change " + experiment.definition().name();
    EditorPage.Simulated simulated = simulated(experiment, definition);
    List<String> scripts = new ArrayList<>(List.of("editor.js"));
    scripts.addAll(List.of(simulated.run().scripts()));
    return new EditorPage(
        shells.of(request, heading, scripts.toArray(String[]::new)),
        heading,
        experiment == null ? "/new" : "/experiments/" + experiment.key() + "/edit",
        draft.form(),
        draft.violations(),
        definition == null ? Plans.unfinished() : Plans.of(definition, draft.form()),
        draft.problem(),
        draft.isStarted(),
        experiment == null ? null : experiment.key(),
        focus,
        layers.rooms().stream().map(EditorPages::layer).toList(),
        simulated);
  }

  /** How the simulation of an experiment stands, held against the form. */
  private EditorPage.Simulated simulated(
      @Nullable Experiment experiment, @Nullable ExperimentDefinition definition) {
    if (experiment == null) {
      return new EditorPage.Simulated(new RunView("none", 0, null), null);
    }
    ExperimentDefinition shown = definition == null ? experiment.definition() : definition;
    CertificateView view = certificates.view(experiment, shown);
    CertificateView.Made made = view.certificate();
    return new EditorPage.Simulated(
        RunView.of(view), made == null ? null : new CertificateWords(shown).of(made));
  }

  private static EditorPage.LayerChoice layer(LayerRoom layer) {
    String free =
        layer.free().isEmpty()
            ? "no room"
            : layer.free().stream()
                .map(
                    range ->
                        ParticipationFields.percent(range.from())
                            + " to "
                            + ParticipationFields.percent(range.until()))
                .collect(Collectors.joining(", ", "", " free"));
    return new EditorPage.LayerChoice(layer.key(), layer.name() + ": " + free);
  }
}
