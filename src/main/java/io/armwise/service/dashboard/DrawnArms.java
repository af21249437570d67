package io.armwise.service.dashboard;

import io.armwise.service.analysis.Report;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The arms that charts draw, and the colours of all. So many lines as there are colours can be told
 * apart; of more arms the charts draw the control and those most probably best, and the tables
 * beside them hold every arm.
 *
 * @param slots that are drawn, ascending
 * @param colours the class of each slot that gives it its colour
 */
public record DrawnArms(List<Integer> slots, List<String> colours) {
  /** How many arms have a colour of their own. */
  static final int COLOURS = 8;

  private static final String REST = "arm-rest";

  /** Keeps the lists. */
  public DrawnArms {
    slots = List.copyOf(slots);
    colours = List.copyOf(colours);
  }

  /** The arms to draw of those of a report, in slot order. */
  static DrawnArms of(List<Report.ArmReport> arms) {
    List<Integer> drawn =
        IntStream.range(0, arms.size())
            .boxed()
            .sorted(
                Comparator.comparingInt((Integer slot) -> arms.get(slot).control() ? 0 : 1)
                    .thenComparingDouble(slot -> -probabilityToBeBest(arms.get(slot))))
            .limit(COLOURS)
            .sorted()
            .toList();
    List<String> colours = new ArrayList<>(Collections.nCopies(arms.size(), REST));
    boolean[] taken = new boolean[COLOURS];
    for (int slot : drawn) {
      int colour = slot % COLOURS;
      while (taken[colour]) {
        colour = (colour + 1) % COLOURS;
      }
      taken[colour] = true;
      colours.set(slot, "arm-" + colour);
    }
    return new DrawnArms(drawn, colours);
  }

  /** Unknown ones come last, and retired ones too: they have none. */
  private static double probabilityToBeBest(Report.ArmReport arm) {
    Double best = arm.figures() == null ? null : arm.figures().probabilityToBeBest();
    return best == null ? -1 : best;
  }

  /** The class that gives a slot its colour; of all that are not drawn for a negative one. */
  public String colour(int slot) {
    return slot < 0 ? REST : colours.get(slot);
  }

  /** How many arms are left out of the charts. */
  public int others() {
    return colours.size() - slots.size();
  }
}
