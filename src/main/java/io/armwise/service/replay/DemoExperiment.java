package io.armwise.service.replay;

import io.armwise.service.replay.DemoExperiment.Draw.Coin;
import io.armwise.service.replay.DemoExperiment.Draw.LogNormal;
import io.armwise.service.replay.DemoExperiment.Draw.Poisson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * An experiment of the demo with the truth behind it.
 *
 * @param key in the service
 * @param metric key of the metric
 * @param visitorsPerSecond how many come
 * @param truths how each arm's outcomes are drawn, by arm key
 * @param definition the document to create it from
 */
record DemoExperiment(
    String key,
    String metric,
    int visitorsPerSecond,
    Map<String, Draw> truths,
    Map<String, Object> definition) {

  /** How an outcome is drawn. */
  sealed interface Draw {
    /** A value; outcomes of 0 need not be sent. */
    double next(SplittableRandom random);

    /** 1 with {@code probability}, else 0. */
    record Coin(double probability) implements Draw {
      @Override
      public double next(SplittableRandom random) {
        return random.nextDouble() < probability ? 1 : 0;
      }
    }

    /** A positive value with the given median whose logarithm is normal with deviation 0.4. */
    record LogNormal(double median) implements Draw {
      @Override
      public double next(SplittableRandom random) {
        double value = median * Math.exp(0.4 * random.nextGaussian());
        return Math.rint(value * 1_000) / 1_000;
      }
    }

    /** A count with the given mean. */
    record Poisson(double mean) implements Draw {
      @Override
      public double next(SplittableRandom random) {
        // Arrivals of a unit-rate process within the mean.
        int count = 0;
        double left = mean + Math.log1p(-random.nextDouble());
        while (left >= 0) {
          count++;
          left += Math.log1p(-random.nextDouble());
        }
        return count;
      }
    }
  }

  /** The experiments of the demo; their rules let a verdict appear within minutes. */
  static List<DemoExperiment> all() {
    return List.of(recommender(), checkout(), rollout(), tips());
  }

  private static DemoExperiment recommender() {
    Map<String, Draw> clicks = new LinkedHashMap<>();
    double[] rates = {0.031, 0.035, 0.028, 0.052, 0.040, 0.022, 0.078, 0.044};
    String[] items = {
      "running-shoes",
      "trail-map",
      "headlamp",
      "rain-jacket",
      "thermos",
      "tent",
      "backpack",
      "compass"
    };
    for (int i = 0; i < items.length; i++) {
      clicks.put(items[i], new Coin(rates[i]));
    }
    return of(
        "home-recommendation",
        "Which product fills the first slot of the home page?",
        "request",
        Map.of("key", "click", "kind", "binary", "smallestEffect", 0.01),
        Map.of("policy", "thompson", "refresh", "PT1S", "explorationFloor", 0.02),
        rule(300, 0.003),
        120,
        clicks);
  }

  private static DemoExperiment checkout() {
    Map<String, Draw> purchases = new LinkedHashMap<>();
    purchases.put("three-steps", new Coin(0.20));
    purchases.put("one-page", new Coin(0.27));
    return of(
        "checkout-page",
        "A checkout on one page sells more than three steps do.",
        "user",
        Map.of("key", "purchase", "kind", "binary", "smallestEffect", 0.01),
        Map.of("policy", "thompson", "refresh", "PT1S", "explorationFloor", 0.1),
        rule(400, 0.002),
        40,
        purchases);
  }

  private static DemoExperiment rollout() {
    Map<String, Draw> latencies = new LinkedHashMap<>();
    latencies.put("model-7", new LogNormal(180));
    latencies.put("model-8", new LogNormal(210));
    return of(
        "ranking-model-rollout",
        "Model 8 answers at least as fast as model 7.",
        "user",
        Map.of(
            "key",
            "latency-ms",
            "kind",
            "continuous",
            "direction",
            "decrease",
            "smallestEffect",
            5),
        Map.of("policy", "fixed"),
        rule(300, 1),
        20,
        latencies);
  }

  private static DemoExperiment tips() {
    Map<String, Draw> articles = new LinkedHashMap<>();
    articles.put("no-tips", new Poisson(2.4));
    articles.put("tips", new Poisson(2.4));
    return of(
        "onboarding-tips",
        "Newcomers who are shown tips read more articles.",
        "user",
        Map.of("key", "articles-read", "kind", "count", "smallestEffect", 0.25),
        Map.of("policy", "fixed"),
        rule(500, 0.005),
        25,
        articles);
  }

  private static Map<String, Object> rule(int minimumUnits, double toleratedLoss) {
    return Map.of("minimumUnits", minimumUnits, "minimumDays", 0, "toleratedLoss", toleratedLoss);
  }

  private static DemoExperiment of(
      String key,
      String hypothesis,
      String unit,
      Map<String, Object> metric,
      Map<String, Object> allocation,
      Map<String, Object> rule,
      int visitorsPerSecond,
      Map<String, Draw> truths) {
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("key", key);
    definition.put("name", words(key));
    definition.put("hypothesis", hypothesis);
    definition.put("owner", "demo");
    definition.put("unit", unit);
    definition.put(
        "arms",
        truths.keySet().stream()
            .map(arm -> Map.of("key", arm, "name", words(arm), "payload", Map.of("variant", arm)))
            .toList());
    definition.put("metric", metric);
    definition.put("allocation", allocation);
    definition.put("attributionWindow", "PT10M");
    definition.put("decisionRule", rule);
    return new DemoExperiment(
        key, String.valueOf(metric.get("key")), visitorsPerSecond, truths, definition);
  }

  private static String words(String key) {
    return Character.toUpperCase(key.charAt(0)) + key.substring(1).replace('-', ' ');
  }
}
