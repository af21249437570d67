package io.armwise.service.experiment;

import io.armwise.bandits.assignment.BucketRange;
import java.util.List;

/**
 * A layer with the room in it.
 *
 * @param free ranges that no running or paused experiment takes, ascending
 */
public record LayerRoom(String key, String name, List<BucketRange> free) {
  /** Keeps the list. */
  public LayerRoom {
    free = List.copyOf(free);
  }
}
