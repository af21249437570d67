package io.armwise.service.dashboard;

import org.jspecify.annotations.Nullable;

/** Confirms, on the page after it, what a person has done. Pure. */
final class Done {
  private Done() {}

  /** The confirmation; null for an address that somebody made up. */
  static @Nullable String text(@Nullable String done) {
    return switch (done) {
      case null -> null;
      case "create" -> "The draft is saved. Look it over, then start it.";
      case "change" -> "The change is saved.";
      case "start" -> "Started: units get arms from now on.";
      case "pause" -> "Paused: everybody gets the control.";
      case "resume" -> "Resumed: arms are assigned again.";
      case "traffic" -> "The share of units that take part has changed.";
      case "add-arm" -> "The arm is in the running.";
      case "retire-arm" -> "The arm is retired.";
      case "kill" -> "Emergency stop: everybody gets the control.";
      case "revive" -> "The emergency is over: arms are assigned again.";
      case "stop" -> "Stopped: the figures below stand.";
      case "ship" -> "Shipped: everybody gets this arm now, and the experiment has ended.";
      case "archive" -> "Archived: it is out of the list.";
      default -> null;
    };
  }
}
