package io.armwise.simulations.suite;

import io.armwise.simulations.trial.ArmReport;
import io.armwise.simulations.trial.Course;
import io.armwise.simulations.trial.CurvePoint;
import io.armwise.simulations.trial.RuleOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The results of one block of one cell, and their text: what workers, shards and resumed runs hand
 * to each other. Numbers are written so that they read back as the same bits.
 *
 * @param trials one per replication, in order
 * @param points one per point of the curve
 * @param arms one per arm; empty where arms have no report
 */
record Part(List<TrialRow> trials, List<PointSums> points, List<ArmSums> arms) {

  /**
   * One replication.
   *
   * @param replication from 0
   * @param regret cumulative
   * @param saved what an equal split would have had more
   * @param bestShare fraction of decisions that played a best arm
   * @param moved fraction of returning visits that saw another arm
   * @param outcomes the end, then one per rule
   */
  record TrialRow(
      long replication,
      double regret,
      double saved,
      double bestShare,
      double moved,
      List<RuleOutcome> outcomes) {

    private TrialRow(long replication, Course course) {
      this(
          replication,
          course.regret(),
          course.saved(),
          course.bestShare(),
          course.moved(),
          new ArrayList<>());
      outcomes.add(course.end());
      outcomes.addAll(course.outcomes());
    }

    /** What stands before the outcomes of a trial, in text. */
    String text() {
      return replication + "," + regret + "," + saved + "," + bestShare + "," + moved;
    }
  }

  /** Sums over the block's replications at one point of the curve. */
  record PointSums(int day, Moments regret, List<Moments> shares) {}

  /** Sums over the block's replications about one arm. */
  record ArmSums(Moments bias, long covered, long missed) {}

  static Part of(long firstReplication, List<Course> courses) {
    List<TrialRow> trials = new ArrayList<>();
    for (int i = 0; i < courses.size(); i++) {
      trials.add(new TrialRow(firstReplication + i, courses.get(i)));
    }
    List<PointSums> points = new ArrayList<>();
    for (int p = 0; p < courses.getFirst().curve().size(); p++) {
      points.add(point(courses, p));
    }
    List<ArmSums> arms = new ArrayList<>();
    int reported = courses.stream().mapToInt(course -> course.arms().size()).max().orElse(0);
    for (int arm = 0; arm < reported; arm++) {
      arms.add(arm(courses, arm));
    }
    return new Part(trials, points, arms);
  }

  private static PointSums point(List<Course> courses, int index) {
    CurvePoint first = courses.getFirst().curve().get(index);
    Moments regret = Moments.NONE;
    List<Moments> shares = new ArrayList<>();
    for (int arm = 0; arm < first.shares().size(); arm++) {
      shares.add(Moments.NONE);
    }
    for (Course course : courses) {
      CurvePoint point = course.curve().get(index);
      regret = regret.add(point.regret());
      for (int arm = 0; arm < shares.size(); arm++) {
        shares.set(arm, shares.get(arm).add(point.shares().get(arm)));
      }
    }
    return new PointSums(first.day(), regret, shares);
  }

  private static ArmSums arm(List<Course> courses, int arm) {
    Moments bias = Moments.NONE;
    long covered = 0;
    long missed = 0;
    for (Course course : courses) {
      if (arm < course.arms().size()) {
        ArmReport report = course.arms().get(arm);
        bias = bias.add(report.bias());
        covered += report.inCredibleInterval() ? 1 : 0;
        missed += report.everMissed() ? 1 : 0;
      }
    }
    return new ArmSums(bias, covered, missed);
  }

  /** The part as text: a line per row, its kind first, and a last line that shows completeness. */
  String text() {
    StringBuilder out = new StringBuilder();
    for (TrialRow trial : trials) {
      out.append("t,").append(trial.text()).append('\n');
      for (RuleOutcome outcome : trial.outcomes()) {
        out.append("o,").append(outcomeText(outcome)).append('\n');
      }
    }
    for (PointSums point : points) {
      out.append("p,").append(point.day()).append(',').append(point.regret().text());
      point.shares().forEach(share -> out.append(',').append(share.text()));
      out.append('\n');
    }
    for (ArmSums arm : arms) {
      out.append("a,").append(arm.bias().text());
      out.append(',').append(arm.covered()).append(',').append(arm.missed()).append('\n');
    }
    return out.append("end\n").toString();
  }

  static String outcomeText(RuleOutcome outcome) {
    return String.join(
        ",",
        outcome.ending().name().toLowerCase(Locale.ROOT),
        Integer.toString(outcome.day()),
        Integer.toString(outcome.arm()),
        outcome.falseWinner() ? "1" : "0",
        outcome.correct() ? "1" : "0",
        Double.toString(outcome.choiceRegret()),
        Double.toString(outcome.probability()),
        Double.toString(outcome.expectedLoss()),
        Double.toString(outcome.estimate()),
        Double.toString(outcome.effect()),
        outcome.inInterval() ? "1" : "0",
        Double.toString(outcome.regret()));
  }

  /**
   * Reads {@link #text()}.
   *
   * @throws IllegalArgumentException if it is not complete
   */
  static Part parse(String text) {
    List<TrialRow> trials = new ArrayList<>();
    List<PointSums> points = new ArrayList<>();
    List<ArmSums> arms = new ArrayList<>();
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.getLast().equals("end")) {
      throw new IllegalArgumentException("a part must end with 'end'");
    }
    for (String line : lines.subList(0, lines.size() - 1)) {
      String[] cells = line.split(",");
      switch (cells[0]) {
        case "t" ->
            trials.add(
                new TrialRow(
                    Long.parseLong(cells[1]),
                    Double.parseDouble(cells[2]),
                    Double.parseDouble(cells[3]),
                    Double.parseDouble(cells[4]),
                    Double.parseDouble(cells[5]),
                    new ArrayList<>()));
        case "o" -> trials.getLast().outcomes().add(outcome(cells));
        case "p" -> {
          List<Moments> shares = new ArrayList<>();
          for (int i = 5; i < cells.length; i += 3) {
            shares.add(Moments.parse(cells, i));
          }
          points.add(new PointSums(Integer.parseInt(cells[1]), Moments.parse(cells, 2), shares));
        }
        case "a" ->
            arms.add(
                new ArmSums(
                    Moments.parse(cells, 1), Long.parseLong(cells[4]), Long.parseLong(cells[5])));
        default -> throw new IllegalArgumentException("a part must not have a line " + line);
      }
    }
    return new Part(trials, points, arms);
  }

  private static RuleOutcome outcome(String[] cells) {
    return new RuleOutcome(
        RuleOutcome.Ending.valueOf(cells[1].toUpperCase(Locale.ROOT)),
        Integer.parseInt(cells[2]),
        Integer.parseInt(cells[3]),
        cells[4].equals("1"),
        cells[5].equals("1"),
        Double.parseDouble(cells[6]),
        Double.parseDouble(cells[7]),
        Double.parseDouble(cells[8]),
        Double.parseDouble(cells[9]),
        Double.parseDouble(cells[10]),
        cells[11].equals("1"),
        Double.parseDouble(cells[12]));
  }
}
