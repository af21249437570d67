package io.armwise.service.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.posterior.BetaPosterior;
import io.armwise.service.replay.ServiceApi.ServiceException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends logged data as events and holds the service's posteriors against those that follow from the
 * counts. The two must be equal in every digit: both are sums of whole numbers.
 */
final class LogReplay {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  private final ServiceApi api;
  private final String unit;
  private final PrintWriter out;
  private final boolean terminal;

  /**
   * @param unit what is randomised: {@code request} or {@code user}
   * @param terminal whether to draw progress bars
   */
  LogReplay(ServiceApi api, String unit, PrintWriter out, boolean terminal) {
    this.api = api;
    this.unit = unit;
    this.out = out;
    this.terminal = terminal;
  }

  /** Replays all experiments; tells whether every posterior is equal. */
  boolean run(List<LoggedExperiment> experiments) {
    long events = experiments.stream().mapToLong(e -> e.exposures() + e.successes()).sum();
    out.printf(Locale.ROOT, "%,d experiments, %,d events%n", experiments.size(), events);
    out.flush();
    Instant begin = Instant.now();
    send(experiments, events);
    Duration sending = Duration.between(begin, Instant.now());
    List<JsonNode> reports = awaitEvidence(experiments);
    Duration all = Duration.between(begin, Instant.now());
    int different = 0;
    for (int i = 0; i < experiments.size(); i++) {
      different += print(experiments.get(i), reports.get(i)) ? 0 : 1;
    }
    out.printf(
        Locale.ROOT,
        "%n%,d events sent in %.1f s and counted after %.1f s (%,.0f events/s)%n",
        events,
        sending.toMillis() / 1e3,
        all.toMillis() / 1e3,
        events / Math.max(1e-3, all.toMillis() / 1e3));
    out.println(
        different == 0
            ? "All posteriors are equal to those of the counts."
            : different + " of " + experiments.size() + " experiments DIFFER from their counts.");
    out.flush();
    return different == 0;
  }

  private void send(List<LoggedExperiment> experiments, long events) {
    try (Progress progress = Progress.start("Sending", "events", events, terminal);
        EventSender sender = new EventSender(api, progress::add)) {
      for (LoggedExperiment logged : experiments) {
        boolean isNew =
            api.start(
                logged.key(), Definitions.of(logged, logged.key(), unit, Definitions.asLogged()));
        if (!isNew) {
          requireSameArms(logged);
        }
        LoggedEvents.write(logged, api.startedAt(logged.key()), sender::add);
      }
      sender.flush();
    }
  }

  private void requireSameArms(LoggedExperiment logged) {
    JsonNode definition = api.read(logged.key()).path("definition");
    List<String> there = definition.path("arms").findValuesAsText("key");
    if (!there.equals(Definitions.arms(logged)) || !definition.path("unit").asText().equals(unit)) {
      throw new ServiceException(
          "The service has another experiment '"
              + logged.key()
              + "' already; choose other keys with --prefix.");
    }
    out.println(logged.key() + " exists; events that it has already change nothing");
  }

  /** Waits until the evidence holds what was sent; gives up when it stands still. */
  private List<JsonNode> awaitEvidence(List<LoggedExperiment> experiments) {
    long expected = experiments.stream().mapToLong(LoggedExperiment::exposures).sum();
    try (Progress progress = Progress.start("Counting", "units", expected, terminal)) {
      long known = -1;
      Instant movedAt = Instant.now();
      while (true) {
        List<JsonNode> reports =
            experiments.stream().map(logged -> api.report(logged.key())).toList();
        long units = reports.stream().mapToLong(report -> sum(report, "units")).sum();
        long counted = units + reports.stream().mapToLong(r -> sum(r, "responders")).sum();
        progress.reach(units);
        if (isCaughtUp(experiments, reports)) {
          return reports;
        }
        if (counted != known) {
          known = counted;
          movedAt = Instant.now();
        }
        boolean drained = reports.stream().allMatch(r -> r.path("log").path("lag").asLong(1) == 0);
        boolean standing = Duration.between(movedAt, Instant.now()).compareTo(PATIENCE) > 0;
        // The lag is known to the second; what is counted later than that was counted all along.
        boolean settled =
            drained
                && Duration.between(movedAt, Instant.now()).compareTo(PATIENCE.dividedBy(12)) > 0;
        if (standing || settled) {
          return reports; // and let the comparison show what is missing
        }
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      }
    }
  }

  private static boolean isCaughtUp(List<LoggedExperiment> experiments, List<JsonNode> reports) {
    for (int i = 0; i < experiments.size(); i++) {
      JsonNode report = reports.get(i);
      if (sum(report, "units") != experiments.get(i).exposures()
          || sum(report, "responders") != experiments.get(i).successes()
          || report.path("log").path("lag").asLong(1) != 0) {
        return false;
      }
    }
    return true;
  }

  private static long sum(JsonNode report, String field) {
    long sum = 0;
    for (JsonNode arm : report.path("arms")) {
      sum += arm.path(field).asLong();
    }
    return sum;
  }

  /** Prints both posteriors of each arm side by side; tells whether they are equal. */
  private boolean print(LoggedExperiment logged, JsonNode report) {
    out.printf(
        "%n%s%n  %-12s %12s %10s  %-28s %-28s%n",
        logged.key(), "arm", "exposures", "successes", "from the counts", "from the service");
    boolean equal = true;
    for (int i = 0; i < logged.arms().size(); i++) {
      LoggedArm arm = logged.arms().get(i);
      BetaPosterior expected = arm.posterior();
      JsonNode parameters = report.path("arms").path(i).path("posterior").path("parameters");
      double alpha = parameters.path("alpha").asDouble(Double.NaN);
      double beta = parameters.path("beta").asDouble(Double.NaN);
      boolean same = alpha == expected.alpha() && beta == expected.beta();
      equal &= same;
      out.printf(
          Locale.ROOT,
          "  %-12s %,12d %,10d  %-28s %-28s %s%n",
          arm.key(),
          arm.exposures(),
          arm.successes(),
          beta(expected.alpha(), expected.beta()),
          beta(alpha, beta),
          same
              ? "equal"
              : "DIFFERS by (%s, %s)"
                  .formatted(number(alpha - expected.alpha()), number(beta - expected.beta())));
    }
    out.println("  " + report.path("verdict").path("sentence").asText());
    return equal;
  }

  private static String beta(double alpha, double beta) {
    return "Beta(" + number(alpha) + ", " + number(beta) + ")";
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
