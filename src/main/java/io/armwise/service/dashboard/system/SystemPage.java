package io.armwise.service.dashboard.system;

import io.armwise.service.dashboard.Shell;
import java.util.List;

/**
 * How the service does.
 *
 * @param asOf when this was read
 * @param facts what an operator looks for first
 * @param nodes connected to the database
 * @param hours of events, newest first
 * @param bars the same, drawn
 * @param tables by size
 * @param rejected events that could not be understood, newest first
 * @param keys of callers
 */
public record SystemPage(
    Shell shell,
    String asOf,
    List<Fact> facts,
    List<Node> nodes,
    List<Hour> hours,
    List<Bar> bars,
    List<Table> tables,
    List<Rejected> rejected,
    List<Key> keys) {

  /** Keeps the lists. */
  public SystemPage {
    facts = List.copyOf(facts);
    nodes = List.copyOf(nodes);
    hours = List.copyOf(hours);
    bars = List.copyOf(bars);
    tables = List.copyOf(tables);
    rejected = List.copyOf(rejected);
    keys = List.copyOf(keys);
  }

  /**
   * A figure with what it means.
   *
   * @param level {@code ok}, {@code watch} or {@code act}
   */
  public record Fact(String name, String value, String level, String note) {}

  /**
   * A node as the database sees it.
   *
   * @param learner whether it learns for all
   */
  public record Node(String address, String since, String connections, boolean learner) {}

  /** What arrived in an hour. */
  public record Hour(
      String hour, String exposures, String outcomes, String duplicates, String rejected) {}

  /**
   * An hour's column in the drawing, in SVG percentages.
   *
   * @param hour when it begins
   * @param events that it stands for
   * @param x of its left edge
   * @param y of its top
   * @param height of it
   */
  public record Bar(String hour, long events, String x, String y, String height) {}

  /** What a table takes. */
  public record Table(String name, String rows, String size) {}

  /** An event that could not be understood. */
  public record Rejected(String at, String code, String detail) {}

  /** A key, without its secret. */
  public record Key(String name, String id, String roles, String created, String expires) {}
}
