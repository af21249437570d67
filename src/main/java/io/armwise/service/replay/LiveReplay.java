package io.armwise.service.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.service.event.EventReader;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets the service decide where the log only knows what had been decided: visitors arrive, the
 * service picks their arm, and each succeeds with the arm's logged rate, drawn from a seeded
 * stream. Shows how the traffic shifts and what that was worth.
 */
final class LiveReplay {
  private static final int ROUNDS_PER_SECOND = 5;
  private static final int PICTURE_WIDTH = 48;
  private static final String LEVELS = " ▁▂▃▄▅▆▇█";

  private final ServiceApi api;
  private final String unit;
  private final Pace pace;
  private final PrintWriter out;
  private final boolean terminal;

  /**
   * How visitors come.
   *
   * @param visitors per experiment
   * @param perSecond their rate
   * @param seed of the stream that decides on their success
   */
  record Pace(int visitors, int perSecond, long seed) {}

  LiveReplay(ServiceApi api, String unit, Pace pace, PrintWriter out, boolean terminal) {
    this.api = api;
    this.unit = unit;
    this.pace = pace;
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Runs one experiment.
   *
   * @param key a new one
   */
  void run(LoggedExperiment logged, String key) {
    if (!api.start(key, Definitions.of(logged, key, unit, Definitions.adaptive()))) {
      throw new ServiceApi.ServiceException(
          "The service has an experiment '" + key + "' already; choose other keys with --prefix.");
    }
    Map<String, Integer> arms = new HashMap<>();
    for (LoggedArm arm : logged.arms()) {
      arms.put(arm.key(), arms.size());
    }
    List<long[]> rounds = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(pace.seed());
    int perRound = Math.max(1, pace.perSecond() / ROUNDS_PER_SECOND);
    try (Progress progress = Progress.start(key, "visitors", pace.visitors(), terminal);
        EventSender sender = new EventSender(api, count -> {})) {
      Instant due = Instant.now();
      for (int from = 0; from < pace.visitors(); from += perRound) {
        LockSupport.parkNanos(Math.max(0, Duration.between(Instant.now(), due).toNanos()));
        due = due.plus(Duration.ofSeconds(1).dividedBy(ROUNDS_PER_SECOND));
        int to = Math.min(pace.visitors(), from + perRound);
        long[] shown = new long[logged.arms().size()];
        for (JsonNode decision : api.decide(key, units(key, from, to))) {
          Integer arm = arms.get(decision.path("arm").asText());
          if (arm == null) {
            throw new IllegalStateException("the service decided for an unknown arm: " + decision);
          }
          shown[arm]++;
          report(decision, random.nextDouble() < logged.arms().get(arm).rate(), sender);
        }
        sender.flush();
        rounds.add(shown);
        progress.add(to - from);
      }
    }
    print(logged, key, rounds);
  }

  private static List<String> units(String key, int from, int to) {
    List<String> units = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      units.add(key + "/visitor/" + i);
    }
    return units;
  }

  private static void report(JsonNode decision, boolean success, EventSender sender) {
    String token = decision.path("token").asText();
    String head = "{\"specversion\":\"1.0\",\"source\":\"/replay/live\",\"id\":\"%s/%s\",";
    String id = token;
    sender.add(
        head.formatted("e", id)
            + "\"type\":\""
            + EventReader.EXPOSURE
            + "\",\"data\":{\"decision\":\""
            + token
            + "\"}}");
    if (success) {
      sender.add(
          head.formatted("o", id)
              + "\"type\":\""
              + EventReader.OUTCOME
              + "\",\"data\":{\"decision\":\""
              + token
              + "\",\"metric\":\""
              + LoggedEvents.METRIC
              + "\",\"value\":1}}");
    }
  }

  private void print(LoggedExperiment logged, String key, List<long[]> rounds) {
    List<LoggedArm> arms = logged.arms();
    double best = arms.stream().mapToDouble(LoggedArm::rate).max().orElse(0);
    double mean = arms.stream().mapToDouble(LoggedArm::rate).average().orElse(0);
    long visitors = 0;
    double expected = 0;
    out.printf("%n%s: share of visitors per arm over time%n", key);
    for (int i = 0; i < arms.size(); i++) {
      long shown = 0;
      for (long[] round : rounds) {
        shown += round[i];
      }
      visitors += shown;
      expected += shown * arms.get(i).rate();
      out.printf(
          Locale.ROOT,
          "  %-12s rate %7.3f %% %s |%s| %,d visitors%n",
          arms.get(i).key(),
          100 * arms.get(i).rate(),
          arms.get(i).rate() == best ? "best" : "    ",
          picture(rounds, i),
          shown);
    }
    double regret = visitors * best - expected;
    double equalSplit = visitors * (best - mean);
    out.printf(
        Locale.ROOT,
        "  expected successes: %,.1f; the best arm alone %,.1f; an equal split %,.1f%n",
        expected,
        visitors * best,
        visitors * mean);
    out.printf(
        Locale.ROOT,
        "  regret against the best arm: %,.1f; an equal split's would be %,.1f (%s)%n",
        regret,
        equalSplit,
        equalSplit > 0
            ? String.format(Locale.ROOT, "%.0f %% saved", 100 * (1 - regret / equalSplit))
            : "all arms are alike");
    out.println("  " + api.report(key).path("verdict").path("sentence").asText());
    out.flush();
  }

  /** An arm's share in each stretch of time, one character each. */
  private static String picture(List<long[]> rounds, int arm) {
    int width = Math.min(PICTURE_WIDTH, rounds.size());
    StringBuilder picture = new StringBuilder();
    for (int column = 0; column < width; column++) {
      long shown = 0;
      long all = 0;
      int end = (column + 1) * rounds.size() / width;
      for (int round = column * rounds.size() / width; round < end; round++) {
        for (int i = 0; i < rounds.get(round).length; i++) {
          shown += i == arm ? rounds.get(round)[i] : 0;
          all += rounds.get(round)[i];
        }
      }
      int top = LEVELS.length() - 1;
      picture.append(LEVELS.charAt((int) Math.ceil((double) top * shown / Math.max(1, all))));
    }
    return picture.toString();
  }
}
