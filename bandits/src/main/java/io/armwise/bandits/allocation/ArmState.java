package io.armwise.bandits.allocation;

/**
 * What an allocation must know of an arm beside the belief about it.
 *
 * @param live whether the arm may be played; a retired arm keeps its index and gets nothing
 * @param units the number of units the arm has had
 */
public record ArmState(boolean live, long units) {

  /** Guards the count. */
  public ArmState {
    if (!(units >= 0)) {
      throw new IllegalArgumentException("units must be >= 0, got " + units);
    }
  }
}
