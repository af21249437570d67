package io.armwise.simulations.suite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a suite can be made of, in words. */
public final class Catalogue {
  private static final Map<String, String> WORLDS = new LinkedHashMap<>();
  private static final Map<String, String> POLICIES = new LinkedHashMap<>();
  private static final Map<String, String> RULES = new LinkedHashMap<>();

  static {
    WORLDS.put("outcomes: bernoulli", "units convert or not (default)");
    WORLDS.put("outcomes: counts", "Poisson counts");
    WORLDS.put("outcomes: gaussian", "normal values; deviation");
    WORLDS.put("outcomes: log-normal", "revenue of few buyers; buyers, sigma");
    WORLDS.put("outcomes: pareto", "revenue with a heavy tail; buyers, tail");
    WORLDS.put("means: [...]", "one mean per arm, the first is the control");
    WORLDS.put("means: beta", "rates drawn per replication; arms, alpha, beta");
    WORLDS.put("means: normal", "means drawn per replication; arms, mean, deviation");
    WORLDS.put("means: log", "rates of logged experiments; file or experiments");
    WORLDS.put("means: replay", "a log with propensities, row by row; file, arms");
    WORLDS.put("drift: random-walk", "every arm walks; deviation of a day's step");
    WORLDS.put("drift: abrupt", "other means from one day on; day, means");
    WORLDS.put("drift: segments", "other means every so many days; days, means");
    WORLDS.put("drift: replacement", "new arms take the places of old ones; perDay, alpha, beta");
    WORLDS.put("drift: weekly", "all arms rise and fall; amplitude");
    WORLDS.put("drift: novelty", "new arms start better; lift, halfLifeDays");
    WORLDS.put("delay", "meanDays, or medianDays and sigma; never; counting, windowDays");
    WORLDS.put("losses", "lost, duplicated");
    WORLDS.put("lifetimes", "arms that are added late or retired early; arm, from, until");
    WORLDS.put("visitors", "units that return and count once; units, sticky");
    POLICIES.put("fixed", "a fixed split; weights");
    POLICIES.put("thompson", "Thompson sampling as the service does it");
    POLICIES.put("top-two", "top-two Thompson sampling as the service does it; beta");
    POLICIES.put("posterior-draw", "Thompson sampling by drawing, for cadence 1; burnIn");
    POLICIES.put("discounted-thompson", "posterior-draw that forgets, for cadence 1; discount");
    POLICIES.put("epsilon-greedy", "the best so far, and any arm with probability epsilon");
    POLICIES.put("ucb1", "UCB1");
    POLICIES.put("kl-ucb", "KL-UCB");
    POLICIES.put("chernoff-ucb", "UCB by Chernoff's inequality");
    POLICIES.put("bayes-ucb", "Bayes-UCB");
    POLICIES.put("explore-then-commit", "equal, then the best for good; unitsPerArm");
    POLICIES.put("oracle", "knows the truth");
    RULES.put("fixed-horizon", "one test at the end; alpha, rates");
    RULES.put("peek-at-significance", "the same test at every look; alpha, rates");
    RULES.put("peek-at-probability", "P(best) at every look; probability");
    RULES.put("expected-loss", "expected loss at every look; tolerated, minimumDays");
    RULES.put("anytime", "sequential inference valid at every look; alpha");
    RULES.put("group-sequential", "planned looks; alpha, looks, shape");
    RULES.put("value-remaining", "little is left to gain; fraction, probability, minimumDays");
    RULES.put("product-verdict", "what the dashboard says");
  }

  private Catalogue() {}

  /** Parts of worlds, with what they are. */
  public static Map<String, String> worlds() {
    return new LinkedHashMap<>(WORLDS);
  }

  /** Policies, with what they are. */
  public static Map<String, String> policies() {
    return new LinkedHashMap<>(POLICIES);
  }

  /** Stopping rules, with what they are. */
  public static Map<String, String> rules() {
    return new LinkedHashMap<>(RULES);
  }

  static List<String> policyTypes() {
    return List.copyOf(POLICIES.keySet());
  }

  static List<String> ruleTypes() {
    return List.copyOf(RULES.keySet());
  }
}
