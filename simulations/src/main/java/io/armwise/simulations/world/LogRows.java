package io.armwise.simulations.world;

import java.util.Arrays;
import java.util.List;

/**
 * Rows of a log with binary outcomes: the arm that was played, with what probability, and what came
 * of it. Immutable; its text is canonical and reads back.
 */
public final class LogRows {
  private final int[] arms;
  private final boolean[] successes;
  private final double[] propensities;
  private final double smallestPropensity;

  private LogRows(int[] arms, boolean[] successes, double[] propensities) {
    this.arms = arms;
    this.successes = successes;
    this.propensities = propensities;
    this.smallestPropensity = Arrays.stream(propensities).min().orElse(1);
  }

  /**
   * One row.
   *
   * @param arm from 0
   * @param success whether its outcome was 1
   * @param propensity with which the arm was played, in (0, 1]
   */
  public record Row(int arm, boolean success, double propensity) {
    /** Guards the ranges. */
    public Row {
      if (!(arm >= 0)) {
        throw new IllegalArgumentException("arm of a row must be >= 0, got " + arm);
      }
      if (!(propensity > 0 && propensity <= 1)) {
        throw new IllegalArgumentException(
            "propensity of a row must be in (0, 1], got " + propensity);
      }
    }
  }

  /**
   * The rows in their order.
   *
   * @param rows at least one
   */
  public static LogRows of(List<Row> rows) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("a log must have rows, got none");
    }
    boolean[] successes = new boolean[rows.size()];
    for (int row = 0; row < successes.length; row++) {
      successes[row] = rows.get(row).success();
    }
    return new LogRows(
        rows.stream().mapToInt(Row::arm).toArray(),
        successes,
        rows.stream().mapToDouble(Row::propensity).toArray());
  }

  /**
   * Reads {@link #toString()}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static LogRows parse(String text) {
    return of(
        Arrays.stream(text.split(" ", -1))
            .map(
                row -> {
                  String[] parts = row.split(":", -1);
                  if (parts.length != 3 || !(parts[1].equals("0") || parts[1].equals("1"))) {
                    throw new IllegalArgumentException(
                        "a row must be arm:outcome:propensity, got " + row);
                  }
                  return new Row(
                      Integer.parseInt(parts[0]),
                      parts[1].equals("1"),
                      Double.parseDouble(parts[2]));
                })
            .toList());
  }

  /** Number of rows. */
  public int size() {
    return arms.length;
  }

  /** The arm that was played. */
  public int arm(int row) {
    return arms[row];
  }

  /** Whether the outcome was 1. */
  public boolean isSuccess(int row) {
    return successes[row];
  }

  /**
   * Probability with which a row is kept so that kept rows are of a log that plays all arms alike.
   *
   * @return in (0, 1]
   */
  public double weight(int row) {
    return smallestPropensity / propensities[row];
  }

  /**
   * What the arms' means are in a log that goes round for ever: of the rows of an arm, weighed as
   * they are used, the fraction that succeeded.
   *
   * @param count number of arms
   * @return shape (arms)
   * @throws IllegalArgumentException if an arm has no row or a row no arm
   */
  public double[] rates(int count) {
    double[] weight = new double[count];
    double[] success = new double[count];
    for (int row = 0; row < size(); row++) {
      if (!(arms[row] < count)) {
        throw new IllegalArgumentException(
            "rows must be of arms below " + count + ", got " + arms[row]);
      }
      weight[arms[row]] += weight(row);
      success[arms[row]] += successes[row] ? weight(row) : 0;
    }
    for (int arm = 0; arm < count; arm++) {
      if (!(weight[arm] > 0)) {
        throw new IllegalArgumentException("every arm must have a row, got none of " + arm);
      }
      success[arm] /= weight[arm];
    }
    return success;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LogRows rows
        && Arrays.equals(arms, rows.arms)
        && Arrays.equals(successes, rows.successes)
        && Arrays.equals(propensities, rows.propensities);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(arms) + Arrays.hashCode(successes);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < size(); row++) {
      text.append(row == 0 ? "" : " ").append(arms[row]).append(successes[row] ? ":1:" : ":0:");
      text.append(propensities[row]);
    }
    return text.toString();
  }
}
