package io.armwise.service.experiment;

import io.armwise.bandits.experiment.Participation;
import io.armwise.bandits.experiment.Participation.LayerRange;
import io.armwise.bandits.experiment.TargetingRule;
import io.armwise.service.experiment.ParticipationDocument.ConditionDocument;
import io.armwise.service.experiment.ParticipationDocument.LayerDocument;
import io.armwise.service.experiment.ParticipationDocument.PrerequisiteDocument;
import io.armwise.service.experiment.ParticipationDocument.RampStepDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes who takes part; nothing where everybody does. */
final class ParticipationWriter {
  private ParticipationWriter() {}

  static @Nullable ParticipationDocument write(Participation participation) {
    if (participation.equals(Participation.EVERYBODY)) {
      return null;
    }
    return new ParticipationDocument(
        layer(participation.layer()),
        condition(participation.targeting()),
        condition(participation.exploitWhen()),
        overrides(participation),
        orNull(
            participation.prerequisites().stream()
                .map(
                    wanted ->
                        new PrerequisiteDocument(
                            wanted.experiment(), orNull(new ArrayList<>(wanted.arms()))))
                .toList()),
        orNull(new ArrayList<>(participation.excludes())),
        orNull(
            participation.ramp().stream()
                .map(step -> new RampStepDocument(step.share(), step.hold().toString()))
                .toList()),
        participation.killed() ? true : null);
  }

  private static @Nullable LayerDocument layer(@Nullable LayerRange taken) {
    return taken == null
        ? null
        : new LayerDocument(taken.layer(), taken.range().from(), taken.range().until());
  }

  static @Nullable ConditionDocument condition(@Nullable TargetingRule rule) {
    if (rule == null) {
      return null;
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    rule.attributes().forEach((name, type) -> attributes.put(name, type.json()));
    return new ConditionDocument(rule.expression(), attributes.isEmpty() ? null : attributes);
  }

  private static @Nullable Map<String, List<@Nullable String>> overrides(
      Participation participation) {
    Map<String, List<@Nullable String>> perArm = new LinkedHashMap<>();
    participation
        .overrides()
        .forEach(list -> perArm.put(list.arm(), new ArrayList<>(list.units().values())));
    return perArm.isEmpty() ? null : perArm;
  }

  private static <T extends @Nullable Object> @Nullable List<T> orNull(List<T> list) {
    return list.isEmpty() ? null : list;
  }
}
