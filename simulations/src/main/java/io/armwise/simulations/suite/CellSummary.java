package io.armwise.simulations.suite;

import io.armwise.simulations.trial.RuleOutcome;
import io.armwise.simulations.trial.RuleOutcome.Ending;
import io.armwise.simulations.trial.Schedule;
import io.armwise.simulations.world.Visitors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Folds the trials of one cell into its summary, in order. Mutable; one owner. */
final class CellSummary {
  private static final int BINS = 20;
  static final String AT_THE_END = "at the end";

  private final Summary.Place place;
  private final List<String> rules;
  private final Schedule schedule;
  private final boolean unitsReturn;
  private final Map<String, Moments> measures = new LinkedHashMap<>();
  private final List<RuleSummary> byRule = new ArrayList<>();
  private final List<Part.PointSums> points = new ArrayList<>();
  private final List<Part.ArmSums> arms = new ArrayList<>();

  /** What one rule, or the end, amounts to. */
  private static final class RuleSummary {
    private final Map<String, Moments> measures = new LinkedHashMap<>();
    private final @Nullable Moments[] probability = new Moments[BINS];
    private final @Nullable Moments[] best = new Moments[BINS];
    private final TreeMap<Integer, Long> stops = new TreeMap<>();
    private final TreeMap<Integer, Long> falseWinners = new TreeMap<>();
    private long trials;

    void add(RuleOutcome outcome, long decisions) {
      trials++;
      boolean named = outcome.ending() == Ending.WINNER;
      put("false winner", outcome.falseWinner() ? 1 : 0);
      put("correct winner", outcome.correct() ? 1 : 0);
      put("no difference", outcome.ending() == Ending.NO_DIFFERENCE ? 1 : 0);
      put("days", outcome.day());
      put("decisions", (double) decisions);
      put("simple regret", outcome.choiceRegret());
      put("expected loss", outcome.expectedLoss());
      put("expected loss less simple regret", outcome.expectedLoss() - outcome.choiceRegret());
      put("credible interval holds the choice", outcome.inInterval() ? 1 : 0);
      put("regret until then", outcome.regret());
      if (named && outcome.effect() != 0) {
        put("wrong sign, of winners", outcome.effect() < 0 ? 1 : 0);
      }
      if (named && outcome.effect() > 0) {
        put("exaggeration, of right winners", outcome.estimate() / outcome.effect());
      }
      stops.merge(outcome.day(), 1L, Long::sum);
      if (outcome.falseWinner()) {
        falseWinners.merge(outcome.day(), 1L, Long::sum);
      }
    }

    void calibrate(RuleOutcome outcome) {
      int bin = Math.clamp((int) (outcome.probability() * BINS), 0, BINS - 1);
      Moments said = probability[bin];
      Moments was = best[bin];
      probability[bin] = (said == null ? Moments.NONE : said).add(outcome.probability());
      best[bin] = (was == null ? Moments.NONE : was).add(outcome.effect() > 0 ? 1 : 0);
    }

    void put(String measure, double value) {
      measures.merge(measure, Moments.NONE.add(value), (old, fresh) -> old.add(value));
    }

    /** The smallest day by which so large a fraction has stopped. */
    int quantileOfDays(double fraction) {
      long needed = (long) Math.ceil(fraction * trials);
      long seen = 0;
      for (Map.Entry<Integer, Long> entry : stops.entrySet()) {
        seen += entry.getValue();
        if (seen >= needed) {
          return entry.getKey();
        }
      }
      throw new IllegalStateException("a rule must have trials");
    }
  }

  CellSummary(Cell cell, List<String> rules) {
    this.place = new Summary.Place(cell.world(), cell.policy(), cell.horizon());
    this.rules = rules;
    this.schedule = cell.design().schedule();
    this.unitsReturn = cell.design().world().visitors() instanceof Visitors.Returning;
    for (int i = 0; i <= rules.size(); i++) {
      byRule.add(new RuleSummary());
    }
  }

  void add(Part part) {
    for (Part.TrialRow trial : part.trials()) {
      put("regret", trial.regret());
      put("saved against an equal split", trial.saved());
      put("share of best arm", trial.bestShare());
      if (unitsReturn) {
        put("return visits that saw another arm", trial.moved());
      }
      RuleOutcome end = trial.outcomes().getFirst();
      put("best arm leads at the end", end.choiceRegret() == 0 ? 1 : 0);
      put("simple regret at the end", end.choiceRegret());
      byRule.getFirst().calibrate(end);
      for (int rule = 0; rule < rules.size(); rule++) {
        RuleOutcome outcome = trial.outcomes().get(rule + 1);
        byRule.get(rule + 1).add(outcome, schedule.decisionsUntil(outcome.day()));
        if (outcome.ending() == Ending.WINNER) {
          byRule.get(rule + 1).calibrate(outcome);
        }
      }
    }
    for (int i = 0; i < part.points().size(); i++) {
      merge(i, part.points().get(i));
    }
    for (int i = 0; i < part.arms().size(); i++) {
      merge(i, part.arms().get(i));
    }
  }

  private void put(String measure, double value) {
    measures.merge(measure, Moments.NONE.add(value), (old, fresh) -> old.add(value));
  }

  private void merge(int index, Part.PointSums sums) {
    if (index == points.size()) {
      points.add(sums);
      return;
    }
    Part.PointSums old = points.get(index);
    List<Moments> shares = new ArrayList<>();
    for (int arm = 0; arm < sums.shares().size(); arm++) {
      shares.add(old.shares().get(arm).merge(sums.shares().get(arm)));
    }
    points.set(index, new Part.PointSums(sums.day(), old.regret().merge(sums.regret()), shares));
  }

  private void merge(int index, Part.ArmSums sums) {
    if (index == arms.size()) {
      arms.add(sums);
      return;
    }
    Part.ArmSums old = arms.get(index);
    arms.set(
        index,
        new Part.ArmSums(
            old.bias().merge(sums.bias()),
            old.covered() + sums.covered(),
            old.missed() + sums.missed()));
  }

  void report(
      List<Summary.Row> rows, List<Summary.CurveRow> curves, List<Summary.Bin> calibration) {
    measures.forEach((name, value) -> rows.add(new Summary.Row(place, "", name, value)));
    for (int arm = 0; arm < arms.size(); arm++) {
      Part.ArmSums sums = arms.get(arm);
      long n = sums.bias().count();
      rows.add(new Summary.Row(place, "", "bias of arm " + arm, sums.bias()));
      rows.add(
          new Summary.Row(
              place, "", "credible interval holds arm " + arm, rate(sums.covered(), n)));
      rows.add(
          new Summary.Row(
              place, "", "confidence sequence ever misses arm " + arm, rate(sums.missed(), n)));
    }
    for (int rule = 0; rule < rules.size(); rule++) {
      RuleSummary summary = byRule.get(rule + 1);
      String name = rules.get(rule);
      summary.measures.forEach(
          (measure, value) -> rows.add(new Summary.Row(place, name, measure, value)));
      rows.add(
          new Summary.Row(
              place, name, "days, 90 % quantile", Moments.NONE.add(summary.quantileOfDays(0.9))));
    }
    curves(curves);
    for (int i = 0; i < byRule.size(); i++) {
      bins(i == 0 ? AT_THE_END : rules.get(i - 1), byRule.get(i), calibration);
    }
  }

  private void curves(List<Summary.CurveRow> curves) {
    for (Part.PointSums point : points) {
      curves.add(new Summary.CurveRow(place, "regret", point.day(), point.regret()));
    }
    int arms = points.getFirst().shares().size();
    for (int arm = 0; arm < arms; arm++) {
      for (Part.PointSums point : points) {
        curves.add(
            new Summary.CurveRow(place, "share arm " + arm, point.day(), point.shares().get(arm)));
      }
    }
    for (int rule = 0; rule < rules.size(); rule++) {
      RuleSummary summary = byRule.get(rule + 1);
      for (Part.PointSums point : points) {
        long falseSoFar =
            summary.falseWinners.headMap(point.day(), true).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        curves.add(
            new Summary.CurveRow(
                place,
                "false winner: " + rules.get(rule),
                point.day(),
                rate(falseSoFar, summary.trials)));
      }
    }
  }

  private void bins(String rule, RuleSummary summary, List<Summary.Bin> calibration) {
    for (int bin = 0; bin < BINS; bin++) {
      Moments said = summary.probability[bin];
      Moments was = summary.best[bin];
      if (said != null && was != null) {
        calibration.add(new Summary.Bin(place, rule, bin, said, was));
      }
    }
  }

  /** The moments of so many ones among zeros. */
  private static Moments rate(long ones, long n) {
    double p = n == 0 ? 0 : (double) ones / n;
    return new Moments(n, ones, n * p * (1 - p));
  }
}
