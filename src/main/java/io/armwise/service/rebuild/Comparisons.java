package io.armwise.service.rebuild;

import io.armwise.service.evidence.EvidenceFigures;
import io.armwise.service.evidence.EvidenceFigures.Place;
import io.armwise.service.evidence.EvidenceRows.Refusal;
import io.armwise.service.evidence.EvidenceRows.State;
import io.armwise.service.evidence.RebuiltEvidence;
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
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Holds what the database has against what the log gives, kind by kind. */
final class Comparisons {
  private Comparisons() {}

  /** Of the live evidence with what was made of the log, experiment by experiment or in all. */
  static List<Comparison> of(
      LiveEvidence live,
      RebuiltEvidence rebuilt,
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
      comparisons.add(refusals(live, rebuilt));
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
      LiveEvidence live, RebuiltEvidence rebuilt, Map<Integer, Experiment> newest) {
    Differences differences = new Differences("unit states");
    rebuilt.compareStates(
        live.rows(),
        live.experiment(),
        (there, here) -> {
          State unit = there == null ? Objects.requireNonNull(here) : there;
          if (there != null && here != null && Arrays.equals(there.bytes(), here.bytes())) {
            differences.same();
          } else {
            differences.compare(
                name(newest, unit.experiment()) + ", unit " + unit.unit(), hex(there), hex(here));
          }
        });
    return differences.comparison();
  }

  private static @Nullable String hex(@Nullable State state) {
    return state == null ? null : HexFormat.of().formatHex(state.bytes());
  }

  private static Comparison ids(LiveEvidence live, RebuiltEvidence rebuilt) {
    Differences differences = new Differences("ids of counted events");
    boolean someForgotten = live.hasForgottenIds();
    rebuilt.compareIds(
        live.rows(),
        (there, here) -> {
          if (there != null && here != null) {
            differences.same();
          } else if (there != null) {
            differences.compare(there.toString(), "counted", null);
          } else if (!someForgotten) {
            // Of those that are kept each must be in the log, and each of the log be kept.
            differences.compare(String.valueOf(here), null, "counted");
          }
        });
    return differences.comparison();
  }

  private static Comparison refusals(LiveEvidence live, RebuiltEvidence rebuilt) {
    Differences differences = new Differences("refused records");
    rebuilt.compareRefusals(
        live.rows(),
        (there, here) -> {
          Refusal refusal = there == null ? Objects.requireNonNull(here) : there;
          differences.compare(
              "partition " + refusal.partition() + ", offset " + refusal.offset(),
              there == null ? null : there.code(),
              here == null ? null : here.code());
        });
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
