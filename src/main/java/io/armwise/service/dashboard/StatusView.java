package io.armwise.service.dashboard;

import io.armwise.bandits.experiment.ExperimentStatus;
import java.util.Locale;

/**
 * A status as a badge.
 *
 * @param style name of its style class
 * @param text what people read
 */
public record StatusView(String style, String text) {
  static StatusView of(ExperimentStatus status) {
    String name = status.name().toLowerCase(Locale.ROOT);
    return new StatusView(name, name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
  }
}
