package io.armwise.service.dashboard.layer;

import io.armwise.service.dashboard.Shell;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Layers with what takes part of them, and holdouts.
 *
 * @param done what the person has just done, if anything
 * @param holdouts those in force first
 */
public record LayerPage(
    Shell shell, @Nullable String done, List<LayerRow> layers, List<HoldoutRow> holdouts) {

  /** Keeps the lists. */
  public LayerPage {
    layers = List.copyOf(layers);
    holdouts = List.copyOf(holdouts);
  }

  /**
   * A layer.
   *
   * @param taken ranges that experiments take, ascending
   * @param free the room in it, in words
   */
  public record LayerRow(String key, String name, List<TakenRow> taken, String free) {
    /** Keeps the list. */
    public LayerRow {
      taken = List.copyOf(taken);
    }
  }

  /**
   * A range that an experiment takes.
   *
   * @param colour the class that gives it its colour
   * @param status of the experiment
   * @param from SVG percentage of its start
   * @param width SVG percentage of its length
   * @param range the same in words
   */
  public record TakenRow(
      String colour,
      String experiment,
      String name,
      String status,
      String from,
      String width,
      String range) {}

  /**
   * A holdout.
   *
   * @param scope what it keeps its units out of
   * @param range of its units
   * @param since when it came into force
   * @param ended when it ended; absent while it holds
   */
  public record HoldoutRow(
      String key, String name, String scope, String range, String since, @Nullable String ended) {}
}
