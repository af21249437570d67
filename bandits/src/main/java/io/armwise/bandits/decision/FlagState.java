package io.armwise.bandits.decision;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.assignment.Slots;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.bandits.experiment.Participation;
import io.armwise.bandits.experiment.TargetingRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Feature flags as experiments of which nothing is learned, so that the service and its clients
 * decide them by the procedure of experiments. Stateless.
 */
public final class FlagState {
  /** Tokens never carry it. */
  private static final int NO_NUMBER = -1;

  private FlagState() {}

  /**
   * The state of a flag.
   *
   * @param key the flag's key
   * @param variants the variants' keys in slot order
   * @param otherwise index of the variant of units that are not served
   * @param targeting the units that are served; null for all
   * @param enabled whether any are
   * @param version of the flag
   * @param shares of the units that are served, per variant
   */
  public static ExperimentState of(
      String key,
      List<String> variants,
      int otherwise,
      @Nullable TargetingRule targeting,
      boolean enabled,
      long version,
      Shares shares) {
    return new ExperimentState(
        NO_NUMBER,
        // No experiment's key has a slash, so no experiment has these salts.
        "flag/" + key,
        enabled ? ExperimentStatus.RUNNING : ExperimentStatus.PAUSED,
        variants,
        otherwise,
        otherwise,
        Slots.SLOTS_64,
        1,
        new Participation(null, targeting, null, List.of(), List.of(), List.of(), List.of(), false),
        List.of(),
        version,
        shares);
  }

  /**
   * Why a unit got its variant: {@code split} if it was drawn; where all that are served get it,
   * {@code targeted} if they are those of a condition, otherwise {@code static}; {@code disabled}
   * if none are served, or {@code not-targeted}.
   *
   * @param flag its state
   * @param choice what was decided by it
   */
  public static String reason(ExperimentState flag, Choice choice) {
    return switch (choice.reason()) {
      case ALLOCATED -> {
        String certain = flag.participation().targeting() == null ? "static" : "targeted";
        yield choice.share() == Shares.TOTAL ? certain : "split";
      }
      case PAUSED -> "disabled";
      default -> choice.reason().json();
    };
  }
}
