package io.armwise.service.decision;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.decision.Plan;
import io.armwise.bandits.decision.Question;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.bandits.experiment.RandomizationUnit;
import io.armwise.bandits.experiment.Violation;
import io.armwise.bandits.token.DecisionToken;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.snapshot.LiveExperiment;
import io.armwise.service.snapshot.LiveFlag;
import io.armwise.service.snapshot.Snapshot;
import io.armwise.service.snapshot.Snapshots;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for decisions, from the bytes of one to the bytes of the other. Reads memory
 * only; nothing here waits. Thread-safe.
 */
@Singleton
final class DecisionAnswers {
  private static final int MAX_DECISIONS = 10_000;

  private final Snapshots snapshots;
  private final Decider decider;
  private final FlagDecider flags;
  private final TokenParameter tokens;

  DecisionAnswers(Snapshots snapshots, Decider decider, FlagDecider flags, TokenParameter tokens) {
    this.snapshots = snapshots;
    this.decider = decider;
    this.flags = flags;
    this.tokens = tokens;
  }

  /** What is known of each unit. */
  private record Known(
      Map<String, Object> attributes, @Nullable DecisionToken last, boolean exploit) {
    Question about(UnitHash unit) {
      return new Question(unit, attributes, last, exploit);
    }
  }

  /**
   * The answer, see {@link DecisionWriter}, to a request, see {@link DecisionRequest}.
   *
   * @throws ProblemException naming field, rule and value if the request cannot be answered
   */
  byte[] answer(byte[] body) {
    DecisionRequest request = DecisionRequestReader.read(body);
    Snapshot snapshot = snapshots.current();
    List<Asked> asked = asked(request);
    List<@Nullable String> units = units(request);
    if ((long) asked.size() * units.size() > MAX_DECISIONS) {
      throw ProblemException.invalid(
          "units",
          "must ask for at most " + MAX_DECISIONS + " decisions",
          String.valueOf((long) asked.size() * units.size()));
    }
    Map<String, Object> attributes = Attributes.of(request.attributes(), "attributes");
    DecisionToken last = request.token() == null ? null : tokens.read(request.token());
    boolean exploit = isExploit(request.mode());
    Known alone = new Known(attributes, null, exploit);
    // Everything is checked before anything is decided, since a decision may be an exposure.
    List<Consumer<List<Decision>>> checked = new ArrayList<>(asked.size());
    for (Asked one : asked) {
      LiveFlag flag = snapshot.flag(one.key()).orElse(null);
      if (flag == null) {
        LiveExperiment live = experiment(one, snapshot);
        Known known = new Known(attributes, lastOf(last, live, request), exploit);
        checked.add(checked(request, snapshot, live, units, known));
      } else {
        checked.add(checked(request, snapshot, flag, units, alone));
      }
    }
    List<Decision> decisions = new ArrayList<>(asked.size() * units.size());
    checked.forEach(one -> one.accept(decisions));
    return DecisionWriter.write(decisions);
  }

  /** Decides for all units in an experiment. */
  private Consumer<List<Decision>> checked(
      DecisionRequest request,
      Snapshot snapshot,
      LiveExperiment live,
      List<@Nullable String> units,
      Known known) {
    Plan plan = plan(request, live);
    int count = request.count() == null ? 0 : count(request, live);
    List<Inquiry> inquiries = new ArrayList<>(units.size());
    for (int i = 0; i < units.size(); i++) {
      String unit = unit(units, i, live.definition().unit(), request);
      inquiries.add(new Inquiry(live, plan, unit, known.about(hash(unit, i, request)), true));
    }
    return decisions -> {
      Duration age = snapshots.age();
      for (Inquiry inquiry : inquiries) {
        if (count == 0) {
          decisions.add(decider.decide(snapshot, age, inquiry));
        } else {
          decisions.addAll(decider.rank(snapshot, age, inquiry, count));
        }
      }
    };
  }

  /** Decides for all units about a flag. */
  private Consumer<List<Decision>> checked(
      DecisionRequest request,
      Snapshot snapshot,
      LiveFlag flag,
      List<@Nullable String> units,
      Known known) {
    if (request.candidates() != null || request.count() != null) {
      throw ProblemException.invalid(
          request.candidates() == null ? "count" : "candidates",
          "must not be sent for a flag",
          flag.flag().key());
    }
    if (!flags.isServed(snapshot, flag)) {
      throw new ProblemException(
          ProblemCode.WRONG_STATUS,
          "The experiment behind flag '" + flag.flag().key() + "' does not run.");
    }
    List<String> ids = new ArrayList<>(units.size());
    List<Question> questions = new ArrayList<>(units.size());
    for (int i = 0; i < units.size(); i++) {
      ids.add(unit(units, i, LiveFlag.UNIT, request));
      questions.add(known.about(hash(ids.getLast(), i, request)));
    }
    return decisions -> {
      Duration age = snapshots.age();
      for (int i = 0; i < ids.size(); i++) {
        flags
            .decide(snapshot, age, flag, ids.get(i), questions.get(i), true)
            .ifPresent(decisions::add);
      }
    };
  }

  private static boolean isExploit(@Nullable String mode) {
    return switch (mode) {
      case null -> false;
      case "learn" -> false;
      case "exploit" -> true;
      default -> throw ProblemException.invalid("mode", "must be learn or exploit", mode);
    };
  }

  /** The experiment's plan, restricted to the candidates if there are any. */
  private static Plan plan(DecisionRequest request, LiveExperiment live) {
    List<@Nullable String> candidates = request.candidates();
    if (candidates == null) {
      return live.plan();
    }
    requireOneExperiment("candidates", request);
    if (candidates.isEmpty()) {
      throw ProblemException.invalid("candidates", "must name at least one arm", "none");
    }
    BitSet arms = new BitSet();
    for (int i = 0; i < candidates.size(); i++) {
      String field = "candidates[" + i + "]";
      String key = String.valueOf(candidates.get(i));
      int arm = live.plan().state().armKeys().indexOf(key);
      if (arm < 0) {
        throw new ProblemException(
            ProblemCode.UNKNOWN_ARM,
            "Experiment '" + live.definition().key() + "' has no arm '" + shortened(key) + "'.",
            List.of(new Violation(field, "must be an arm of the experiment", shortened(key))));
      }
      arms.set(arm);
    }
    return live.plan().among(arms);
  }

  private static int count(DecisionRequest request, LiveExperiment live) {
    int count = request.count() == null ? 1 : request.count();
    requireOneExperiment("count", request);
    if (!(count >= 1 && count <= Shares.MAX_ARMS)) {
      throw ProblemException.invalid(
          "count", "must be in [1, " + Shares.MAX_ARMS + "]", String.valueOf(count));
    }
    if (!live.definition().unit().isRequest()) {
      throw ProblemException.invalid(
          "count",
          "needs an experiment whose unit is 'request', because each place of a list is a unit of"
              + " its own; this one's is '"
              + live.definition().unit().name()
              + "'",
          String.valueOf(count));
    }
    if (request.units() != null) {
      throw ProblemException.invalid("count", "must not be sent together with 'units'", "both");
    }
    return count;
  }

  private static void requireOneExperiment(String field, DecisionRequest request) {
    if (request.experiment() == null) {
      throw ProblemException.invalid(
          field, "must be sent together with 'experiment', not 'experiments'", "experiments");
    }
  }

  /**
   * An experiment or a flag that is asked for.
   *
   * @param field where the request names it
   */
  private record Asked(String field, String key) {}

  private static List<Asked> asked(DecisionRequest request) {
    if ((request.experiment() == null) == (request.experiments() == null)) {
      throw ProblemException.invalid(
          "experiment",
          "is required: either 'experiment' or 'experiments'",
          request.experiment() == null ? "none" : "both");
    }
    if (request.experiment() != null) {
      return List.of(new Asked("experiment", request.experiment()));
    }
    List<@Nullable String> keys = request.experiments() == null ? List.of() : request.experiments();
    if (keys.isEmpty()) {
      throw ProblemException.invalid("experiments", "must name at least one experiment", "none");
    }
    return IntStream.range(0, keys.size())
        .mapToObj(i -> new Asked("experiments[" + i + "]", String.valueOf(keys.get(i))))
        .toList();
  }

  private static LiveExperiment experiment(Asked asked, Snapshot snapshot) {
    String key = asked.key();
    LiveExperiment live =
        snapshot
            .find(key)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemCode.UNKNOWN_EXPERIMENT,
                        "There is no started experiment with key '" + key + "'.",
                        List.of(
                            new Violation(asked.field(), "must be a started experiment", key))));
    ExperimentStatus status = live.experiment().status();
    if (!status.isLearning()) {
      throw new ProblemException(
          ProblemCode.WRONG_STATUS,
          "Experiment '" + key + "' is " + status.name().toLowerCase(Locale.ROOT) + ".",
          List.of(new Violation(asked.field(), "must be running or paused", key)));
    }
    return live;
  }

  private static List<@Nullable String> units(DecisionRequest request) {
    if (request.unit() != null && request.units() != null) {
      throw ProblemException.invalid("unit", "must not be sent together with 'units'", "both");
    }
    if (request.units() == null) {
      List<@Nullable String> one = new ArrayList<>();
      one.add(request.unit());
      return one;
    }
    if (request.units().isEmpty()) {
      throw ProblemException.invalid("units", "must name at least one unit", "none");
    }
    return request.units();
  }

  private static String unit(
      List<@Nullable String> units,
      int index,
      RandomizationUnit randomised,
      DecisionRequest request) {
    String unit = units.get(index);
    if (unit == null) {
      if (request.units() == null && randomised.isRequest()) {
        return UUID.randomUUID().toString();
      }
      throw ProblemException.invalid(
          field(index, request), "is required: the id of the " + randomised.name(), "nothing");
    }
    return unit;
  }

  private static UnitHash hash(String unit, int index, DecisionRequest request) {
    try {
      return UnitHash.of(unit);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid(
          field(index, request), String.valueOf(e.getMessage()), shortened(unit));
    }
  }

  private static String field(int index, DecisionRequest request) {
    return request.units() == null ? "unit" : "units[" + index + "]";
  }

  /** The token where it belongs to this experiment; alone, it must. */
  private @Nullable DecisionToken lastOf(
      @Nullable DecisionToken last, LiveExperiment live, DecisionRequest request) {
    if (last == null || last.experiment() == live.experiment().id()) {
      return last;
    }
    if (request.experiment() != null) {
      tokens.requireExperiment(last, live.experiment().id(), String.valueOf(request.token()));
    }
    return null;
  }

  private static String shortened(String text) {
    return TokenParameter.shortened(text);
  }
}
