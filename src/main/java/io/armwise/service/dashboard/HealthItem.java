package io.armwise.service.dashboard;

/**
 * A sign of how far the figures can be trusted.
 *
 * @param name what is measured
 * @param value how much
 * @param level how bad
 * @param meaning what it means, and what to do where something is wrong
 */
public record HealthItem(String name, String value, Level level, String meaning) {
  /** How bad. */
  public enum Level {
    OK("ok", "Fine"),
    WATCH("watch", "Watch"),
    ACT("act", "Act");

    private final String style;
    private final String text;

    Level(String style, String text) {
      this.style = style;
      this.text = text;
    }

    /** Name of its style class. */
    public String style() {
      return style;
    }

    /** What people read. */
    public String text() {
      return text;
    }
  }
}
