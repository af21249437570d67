package io.armwise.service.dashboard;

import io.armwise.service.dashboard.chart.ShareChart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of experiments.
 *
 * @param query what was asked for
 * @param anyExist whether there is any experiment at all
 * @param found how many match
 * @param pages how many pages they fill
 * @param cards of this page
 * @param address of the service, for the first experiment's command
 */
public record ListPage(
    Shell shell,
    ListQuery query,
    boolean anyExist,
    int found,
    int pages,
    List<Card> cards,
    String address) {

  /** Keeps the list. */
  public ListPage {
    cards = List.copyOf(cards);
  }

  /**
   * An experiment.
   *
   * @param drawn colours of its arms
   * @param health the worst sign of it; absent before the start
   * @param leader absent while no arm is ahead
   * @param shares how the traffic was divided, small; absent before the start
   */
  public record Card(
      String key,
      String name,
      StatusView status,
      String verdictStyle,
      String verdictLabel,
      String headline,
      String ran,
      String units,
      String arms,
      HealthItem.@Nullable Level health,
      DrawnArms drawn,
      @Nullable Leader leader,
      @Nullable ShareChart shares) {}

  /**
   * The arm that is ahead.
   *
   * @param colour the class that gives the arm its colour
   * @param best the probability that it is the best
   * @param bestWidth the same as an SVG percentage
   */
  public record Leader(String colour, String name, String best, String bestWidth) {}
}
