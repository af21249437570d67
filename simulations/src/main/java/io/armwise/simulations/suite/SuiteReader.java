package io.armwise.simulations.suite;

import io.armwise.bandits.experiment.DecisionRule;
import io.armwise.bandits.experiment.Metric;
import io.armwise.bandits.experiment.MetricKind;
import io.armwise.bandits.experiment.Violation;
import io.armwise.posterior.BetaPrior;
import io.armwise.posterior.Direction;
import io.armwise.posterior.GammaPrior;
import io.armwise.posterior.NormalInverseGammaPrior;
import io.armwise.posterior.Prior;
import io.armwise.simulations.policy.ChernoffUcb;
import io.armwise.simulations.policy.DiscountedThompson;
import io.armwise.simulations.policy.KlUcbPolicy;
import io.armwise.simulations.policy.Policy;
import io.armwise.simulations.policy.Ucb1;
import io.armwise.simulations.rule.Plan;
import io.armwise.simulations.rule.StoppingRule;
import io.armwise.simulations.trial.Design;
import io.armwise.simulations.trial.Schedule;
import io.armwise.simulations.world.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a suite and expands its matrix. */
final class SuiteReader {
  private final Fields suite;
  private final List<StoppingRule> rules = new ArrayList<>();
  private final List<String> ruleNames = new ArrayList<>();

  private SuiteReader(Fields suite) {
    this.suite = suite;
  }

  static Suite read(String document, Node tree) {
    return new SuiteReader(Fields.root(document, tree)).read();
  }

  private Suite read() {
    suite.allow(
        "name",
        "description",
        "seed",
        "replications",
        "schedule",
        "horizons",
        "prior",
        "smallestEffect",
        "verdict",
        "worlds",
        "policies",
        "rules");
    if (suite.has("rules")) {
      for (Fields rule : suite.children("rules")) {
        rules.add(RuleReader.read(rule));
        ruleNames.add(name(rule, ruleNames));
      }
    }
    List<Cell> cells = new ArrayList<>();
    List<String> worlds = new ArrayList<>();
    for (Fields worldFields : suite.children("worlds")) {
      World world = WorldReader.read(worldFields);
      worlds.add(name(worldFields, worlds));
      List<String> policies = new ArrayList<>();
      for (Fields policyFields : suite.children("policies")) {
        Policy policy = PolicyReader.read(policyFields, world.arms());
        policies.add(name(policyFields, policies));
        for (Schedule schedule : schedules()) {
          Design design = design(policyFields, world, policy, schedule);
          cells.add(new Cell(cells.size(), worlds.getLast(), policies.getLast(), design));
        }
      }
    }
    return suite.built(
        () ->
            new Suite(
                suite.text("name"),
                suite.text("description", ""),
                suite.whole("seed", 1),
                (int) suite.whole("replications"),
                ruleNames,
                cells));
  }

  /** A name, or the type where none is given; unique, since tables are read by it. */
  private static String name(Fields fields, List<String> taken) {
    String name = fields.has("name") ? fields.text("name") : fields.text("type");
    if (new HashSet<>(taken).contains(name)) {
      throw fields.wrong(fields.has("name") ? "name" : "type", "must be unique");
    }
    return name;
  }

  private List<Schedule> schedules() {
    Fields schedule = suite.child("schedule");
    schedule.allow("days", "decisionsPerDay", "cadence", "rampDays", "week");
    long perDay = schedule.whole("decisionsPerDay");
    List<Integer> horizons = new ArrayList<>();
    if (suite.has("horizons")) {
      suite.numbers("horizons").forEach(days -> horizons.add(days.intValue()));
    } else {
      horizons.add(schedule.count("days", 0));
    }
    Set<Integer> unique = new HashSet<>(horizons);
    if (unique.size() < horizons.size()) {
      throw suite.wrong("horizons", "must differ from each other");
    }
    return horizons.stream()
        .map(
            days ->
                schedule.built(
                    () ->
                        new Schedule(
                            days,
                            perDay,
                            schedule.whole("cadence", perDay),
                            schedule.count("rampDays", 0),
                            week(schedule))))
        .toList();
  }

  static List<Double> week(Fields schedule) {
    return schedule.has("week") ? schedule.numbers("week") : List.of();
  }

  private Design design(Fields policyFields, World world, Policy policy, Schedule schedule) {
    MetricKind kind = world.law().kind();
    boolean needsRates =
        policy instanceof ChernoffUcb
            || policy instanceof DiscountedThompson
            || policy instanceof KlUcbPolicy
            || policy instanceof Ucb1;
    if (needsRates && kind != MetricKind.BINARY) {
      throw policyFields.wrong("type", "must be a policy for worlds that are not binary");
    }
    Prior<?> prior = suite.has("prior") ? prior(suite.child("prior"), kind) : defaultPrior(kind);
    double smallest = suite.number("smallestEffect", 0.01);
    Design design =
        suite.built(
            () ->
                new Design(
                    world,
                    policy,
                    schedule,
                    rules,
                    new Metric("value", kind, Direction.INCREASE, prior, smallest),
                    suite.has("verdict")
                        ? decisionRule(suite.child("verdict"), smallest)
                        : defaultDecisionRule(smallest)));
    List<Violation> violations = design.definition().violations();
    if (!violations.isEmpty()) {
      throw policyFields.wrong("type", "does not fit its world: " + violations.getFirst());
    }
    Plan plan = design.plan();
    rules.forEach(rule -> suite.built(() -> rule.prepare(plan)));
    return design;
  }

  static DecisionRule decisionRule(Fields verdict, double smallestEffect) {
    verdict.allow("minimumUnits", "minimumDays", "toleratedLoss", "falseWinnerRate");
    DecisionRule standard = defaultDecisionRule(smallestEffect);
    return new DecisionRule(
        verdict.whole("minimumUnits", standard.minimumUnits()),
        verdict.count("minimumDays", standard.minimumDays()),
        verdict.number("toleratedLoss", standard.toleratedLoss()),
        verdict.number("falseWinnerRate", standard.falseWinnerRate()));
  }

  /** What the service takes where nothing is said. */
  static DecisionRule defaultDecisionRule(double smallestEffect) {
    return new DecisionRule(100, 7, smallestEffect / 10, 0.05);
  }

  static BetaPrior betaPrior(Fields prior) {
    prior.allow("alpha", "beta");
    return prior.built(() -> new BetaPrior(prior.number("alpha"), prior.number("beta")));
  }

  private static Prior<?> defaultPrior(MetricKind kind) {
    return switch (kind) {
      case BINARY -> BetaPrior.UNIFORM;
      case COUNT -> new GammaPrior(1, 1e-3);
      case CONTINUOUS -> new NormalInverseGammaPrior(0, 1e-3, 1e-3, 1e-3);
    };
  }

  private static Prior<?> prior(Fields prior, MetricKind kind) {
    return switch (kind) {
      case BINARY -> betaPrior(prior);
      case COUNT -> {
        prior.allow("shape", "rate");
        yield prior.built(() -> new GammaPrior(prior.number("shape"), prior.number("rate")));
      }
      case CONTINUOUS -> {
        prior.allow("mean", "pseudoUnits", "shape", "scale");
        yield prior.built(
            () ->
                new NormalInverseGammaPrior(
                    prior.number("mean"),
                    prior.number("pseudoUnits"),
                    prior.number("shape"),
                    prior.number("scale")));
      }
    };
  }
}
