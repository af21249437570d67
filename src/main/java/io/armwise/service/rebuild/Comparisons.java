package io.armwise.service.rebuild;

import io.armwise.service.evidence.EvidenceFigures;
import io.armwise.service.evidence.EvidenceFigures.Place;
import io.armwise.service.evidence.EvidenceInMemory;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentVersions.Version;
import io.armwise.service.rebuild.RebuildReport.Comparison;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Holds what the database has against what the log gives, kind by kind. */
final class Comparisons {
  private Comparisons() {}

  /** Of the live evidence with what was made of the log, experiment by experiment or in all. */
  static List<Comparison> of(
      LiveEvidence live,
      EvidenceInMemory rebuilt,
      List<Version> history,
      Optional<Experiment> only) {
    Map<Integer, Experiment> newest = new HashMap<>();
    history.forEach(version -> newest.put(version.experiment().id(), version.experiment()));
    Map<Place, EvidenceFigures> figures =
        only(rebuilt.figures(), place -> isOf(only, place.experiment()));
    List<Comparison> comparisons = new ArrayList<>();
    comparisons.add(
        Differences.ofAll(
            "evidence rows",
            live.figures(),
            figures,
            place ->
                name(newest, place.experiment())
                    + ", arm "
                    + arm(newest.get(place.experiment()), place.arm())
                    + ", "
                    + place.metric()
                    + ", "
                    + Instant.ofEpochSecond(place.hour() * 3_600L)));
    comparisons.add(
        Differences.ofAll(
            "evidence by day",
            live.days(),
            LiveEvidence.days(figures),
            place ->
                name(newest, place.experiment())
                    + ", arm "
                    + arm(newest.get(place.experiment()), place.arm())
                    + ", "
                    + place.metric()
                    + ", "
                    + LocalDate.ofEpochDay(place.day())));
    comparisons.add(states(live, rebuilt, newest));
    comparisons.add(
        Differences.ofAll(
            "counts of events",
            only(live.counts(), tally -> isOf(only, tally.experiment())),
            only(rebuilt.counts(), tally -> isOf(only, tally.experiment())),
            tally ->
                (tally.experiment().isEmpty() ? "no experiment" : tally.experiment())
                    + ", "
                    + tally.kind()));
    comparisons.add(
        Differences.ofAll(
            "arrivals by decision",
            live.arrivals(),
            only(rebuilt.arrivals(live.transaction()), place -> isOf(only, place.experiment())),
            place ->
                name(newest, place.experiment())
                    + ", arm "
                    + arm(newest.get(place.experiment()), place.arm())));
    // Ids and refused records belong to no one experiment.
    if (only.isEmpty()) {
      comparisons.add(ids(live, rebuilt));
      comparisons.add(
          Differences.ofAll(
              "refused records",
              live.rejected(),
              rebuilt.rejected(),
              place -> "partition " + place.partition() + ", offset " + place.offset()));
    }
    return comparisons;
  }

  private static boolean isOf(Optional<Experiment> only, int experiment) {
    return only.isEmpty() || only.get().id() == experiment;
  }

  private static boolean isOf(Optional<Experiment> only, String experiment) {
    return only.isEmpty() || only.get().key().equals(experiment);
  }

  private static <K, V> Map<K, V> only(Map<K, V> all, Function<K, Boolean> wanted) {
    Map<K, V> some = new HashMap<>(all);
    some.keySet().removeIf(key -> !wanted.apply(key));
    return some;
  }

  private static Comparison states(
      LiveEvidence live, EvidenceInMemory rebuilt, Map<Integer, Experiment> newest) {
    Differences differences = new Differences("unit states");
    rebuilt.forget(live.erasedUnits(), live.experimentsWithoutUnits());
    long[] common = new long[1];
    live.states(
        state -> {
          byte[] expected = rebuilt.state(state.experiment(), state.unit());
          common[0] += expected == null ? 0 : 1;
          boolean equal = expected != null && Arrays.equals(expected, state.bytes());
          differences.compare(
              equal ? "" : name(newest, state.experiment()) + ", unit " + state.unit(),
              equal ? "" : HexFormat.of().formatHex(state.bytes()),
              equal ? "" : expected == null ? null : HexFormat.of().formatHex(expected));
        });
    differences.missing(
        rebuilt.states(live.experiment()) - common[0],
        "units that only the log has",
        "none",
        (rebuilt.states(live.experiment()) - common[0]) + " units");
    return differences.comparison();
  }

  private static Comparison ids(LiveEvidence live, EvidenceInMemory rebuilt) {
    Differences differences = new Differences("ids of counted events");
    long[] common = new long[1];
    live.ids(
        id -> {
          boolean known = rebuilt.hasId(id);
          common[0] += known ? 1 : 0;
          differences.compare(known ? "" : id.toString(), "counted", known ? "counted" : null);
        });
    // Of those that are kept each must be in the log.
    long missing = live.hasForgottenIds() ? 0 : rebuilt.ids() - common[0];
    differences.missing(missing, "ids that only the log has", "none", missing + " ids");
    return differences.comparison();
  }

  private static String name(Map<Integer, Experiment> newest, int id) {
    Experiment experiment = newest.get(id);
    return experiment == null ? "experiment number " + id : experiment.key();
  }

  private static String arm(@Nullable Experiment experiment, int arm) {
    return experiment == null || arm >= experiment.definition().arms().size()
        ? String.valueOf(arm)
        : experiment.definition().arms().get(arm).key();
  }
}
