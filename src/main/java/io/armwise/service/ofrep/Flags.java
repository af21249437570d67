package io.armwise.service.ofrep;

import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.decision.EvaluationReason;
import io.armwise.bandits.decision.Question;
import io.armwise.bandits.experiment.Arm;
import io.armwise.service.decision.Decider;
import io.armwise.service.decision.Decision;
import io.armwise.service.decision.FlagDecider;
import io.armwise.service.decision.Inquiry;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.flag.Flag;
import io.armwise.service.flag.Flag.ByExperiment;
import io.armwise.service.flag.Flag.OfVariants;
import io.armwise.service.flag.Flag.Variant;
import io.armwise.service.ofrep.FlagResult.Evaluated;
import io.armwise.service.ofrep.FlagResult.Failed;
import io.armwise.service.ofrep.FlagResult.Metadata;
import io.armwise.service.snapshot.LiveExperiment;
import io.armwise.service.snapshot.LiveFlag;
import io.armwise.service.snapshot.Snapshot;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Experiments seen as flags. Thread-safe; nothing here waits. */
@Singleton
final class Flags {
  private final Decider decider;
  private final FlagDecider flagDecider;
  private final Map<Integer, Prepared> experiments = new ConcurrentHashMap<>();
  private final Map<String, Prepared> flags = new ConcurrentHashMap<>();

  Flags(Decider decider, FlagDecider flagDecider) {
    this.decider = decider;
    this.flagDecider = flagDecider;
  }

  /** The values of an experiment or a flag as of a version of it. */
  private record Prepared(int version, FlagValues values) {}

  /** One flag, about to be used. */
  FlagResult evaluate(
      Snapshot snapshot, String key, ContextReading.Valid context, Duration snapshotAge) {
    LiveFlag flag = snapshot.flag(key).orElse(null);
    if (flag != null) {
      return flag(snapshot, flag, context, snapshotAge, true);
    }
    LiveExperiment live = snapshot.find(key).orElse(null);
    if (live == null) {
      return new Failed(
          key, ErrorCode.FLAG_NOT_FOUND, "There is no started experiment with this key.");
    }
    Experiment experiment = live.experiment();
    if (!experiment.status().isLearning()) {
      return new Failed(
          key,
          ErrorCode.FLAG_NOT_FOUND,
          "The experiment is " + status(experiment) + "; the caller's default applies.");
    }
    return switch (values(experiment)) {
      case FlagValues.Typed typed ->
          evaluated(
              live,
              typed,
              decider.decide(
                  snapshot,
                  snapshotAge,
                  Inquiry.shown(live, context.unit(), context.attributes())));
      case FlagValues.Untyped(String reason) -> new Failed(key, ErrorCode.GENERAL, reason);
    };
  }

  /** A flag of a bulk answer: it may never be used. */
  FlagResult prefetch(
      Snapshot snapshot, LiveExperiment live, ContextReading.Valid context, Duration snapshotAge) {
    return switch (values(live.experiment())) {
      case FlagValues.Typed typed ->
          evaluated(
              live,
              typed,
              decider.decide(
                  snapshot,
                  snapshotAge,
                  Inquiry.prefetched(live, context.unit(), context.attributes())));
      case FlagValues.Untyped(String reason) ->
          new Failed(live.definition().key(), ErrorCode.GENERAL, reason);
    };
  }

  /** A feature flag. */
  FlagResult flag(
      Snapshot snapshot,
      LiveFlag flag,
      ContextReading.Valid context,
      Duration snapshotAge,
      boolean shown) {
    Question question = Question.of(UnitHash.of(context.unit()), context.attributes());
    Decision decision =
        flagDecider
            .decide(snapshot, snapshotAge, flag, context.unit(), question, shown)
            .orElse(null);
    if (decision == null) {
      return new Failed(
          flag.flag().key(),
          ErrorCode.FLAG_NOT_FOUND,
          "The experiment behind the flag does not run; the caller's default applies.");
    }
    return switch (flag.flag().serving()) {
      case ByExperiment(String experiment) ->
          snapshot.find(experiment).map(live -> byExperiment(live, decision)).orElseThrow();
      case OfVariants serving -> ofVariants(flag.flag(), serving, decision);
    };
  }

  private FlagResult byExperiment(LiveExperiment live, Decision decision) {
    return switch (values(live.experiment())) {
      case FlagValues.Typed typed -> evaluated(live, typed, decision);
      case FlagValues.Untyped(String reason) ->
          new Failed(decision.experiment(), ErrorCode.GENERAL, reason);
    };
  }

  private FlagResult ofVariants(Flag flag, OfVariants serving, Decision decision) {
    int variant = serving.variants().stream().map(Variant::key).toList().indexOf(decision.arm());
    String status = serving.enabled() ? "enabled" : "disabled";
    return switch (values(flag, serving)) {
      case FlagValues.Typed typed -> evaluated(typed.json().get(variant), decision, status);
      case FlagValues.Untyped(String why) ->
          new Failed(decision.experiment(), ErrorCode.GENERAL, why);
    };
  }

  /**
   * The experiments of a bulk answer by key. Those that randomise requests are left out: a draw
   * that is used again and again is no draw per request.
   */
  static List<LiveExperiment> all(Snapshot snapshot) {
    return snapshot.byKey().values().stream()
        .filter(live -> live.experiment().status().isLearning())
        .filter(live -> !live.definition().unit().isRequest())
        .filter(live -> snapshot.flag(live.definition().key()).isEmpty())
        .sorted(Comparator.comparing(live -> live.definition().key()))
        .toList();
  }

  /** The feature flags of a bulk answer, without those of experiments that are left out of it. */
  static Stream<LiveFlag> ownFlags(Snapshot snapshot) {
    return snapshot.flags().values().stream()
        .filter(
            flag ->
                !(flag.flag().serving() instanceof ByExperiment(String experiment))
                    || snapshot
                        .find(experiment)
                        .filter(live -> live.definition().unit().isRequest())
                        .isEmpty());
  }

  private FlagValues values(Experiment experiment) {
    return values(
        experiments,
        experiment.id(),
        experiment.version(),
        () -> experiment.definition().arms().stream().map(Arm::payload));
  }

  private FlagValues values(Flag flag, OfVariants serving) {
    return values(
        flags, flag.key(), flag.version(), () -> serving.variants().stream().map(Variant::value));
  }

  /** What is known of this version; read now where nothing is. */
  private static <K> FlagValues values(
      Map<K, Prepared> prepared, K key, int version, Supplier<Stream<String>> payloads) {
    Prepared known = prepared.get(key);
    if (known == null || known.version() != version) {
      known = new Prepared(version, FlagValues.of(payloads.get().toList()));
      prepared.put(key, known);
    }
    return known.values();
  }

  private static Evaluated evaluated(
      LiveExperiment live, FlagValues.Typed values, Decision decision) {
    int arm = live.definition().armIndex(decision.arm()).orElseThrow();
    return evaluated(values.json().get(arm), decision, status(live.experiment()));
  }

  private static Evaluated evaluated(String value, Decision decision, String status) {
    return new Evaluated(
        decision.experiment(),
        value,
        decision.arm(),
        EvaluationReason.of(decision.reason()),
        new Metadata(
            decision.token(),
            decision.propensity(),
            decision.version(),
            status,
            decision.reason(),
            decision.stale()));
  }

  private static String status(Experiment experiment) {
    return experiment.status().name().toLowerCase(Locale.ROOT);
  }
}
