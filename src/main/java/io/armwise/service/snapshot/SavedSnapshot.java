package io.armwise.service.snapshot;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.decision.ExperimentState.HoldoutRange;
import io.armwise.bandits.decision.Targeting;
import io.armwise.service.experiment.SavedExperiment;
import io.armwise.service.flag.SavedFlag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Snapshot} as plain data: the content of a node's file. Whoever adds to a snapshot adds
 * here, or a node that starts from its disk decides otherwise than its neighbours.
 *
 * @param sequence the highest change it holds
 * @param verifiedAt when it was last known to be the newest, ISO 8601
 * @param started the started experiments with their allocations
 * @param flags all flags; null in files of a version that had none
 */
record SavedSnapshot(
    long sequence, String verifiedAt, List<Started> started, @Nullable List<SavedFlag> flags) {

  /** A started experiment, with the holdouts that keep units out of it. */
  record Started(
      SavedExperiment experiment, SavedAllocation allocation, List<HoldoutRange> holdouts) {
    static Started of(LiveExperiment live) {
      return new Started(
          SavedExperiment.of(live.experiment()),
          SavedAllocation.of(live.allocation()),
          live.plan().state().holdouts());
    }

    LiveExperiment restored(Targeting.Compiler compiler) {
      return LiveExperiment.of(
          experiment.restored(), allocation.restored(experiment.id()), holdouts, compiler);
    }
  }

  /** An {@link AllocationVersion} as plain data. */
  record SavedAllocation(
      long sequence,
      long version,
      int definitionVersion,
      AllocationVersion.Reason reason,
      String createdAt,
      long[] shares,
      List<AllocationVersion.ArmFigures> arms,
      double numericalError,
      Map<Integer, Long> positions,
      int exposedBefore) {
    static SavedAllocation of(AllocationVersion version) {
      return new SavedAllocation(
          version.sequence(),
          version.version(),
          version.definitionVersion(),
          version.reason(),
          version.createdAt().toString(),
          version.shares().toArray(),
          version.arms(),
          version.numericalError(),
          version.positions(),
          version.exposedBefore());
    }

    AllocationVersion restored(int experiment) {
      return new AllocationVersion(
          sequence,
          experiment,
          version,
          definitionVersion,
          reason,
          Instant.parse(createdAt),
          Shares.of(shares),
          arms,
          numericalError,
          positions,
          exposedBefore);
    }
  }

  static SavedSnapshot of(Snapshot snapshot) {
    return new SavedSnapshot(
        snapshot.sequence(),
        snapshot.verifiedAt().toString(),
        snapshot.byId().values().stream().map(Started::of).toList(),
        snapshot.storedFlags().stream().map(SavedFlag::of).toList());
  }

  Snapshot restored(Targeting.Compiler compiler) {
    return Snapshot.of(
        sequence,
        Instant.parse(verifiedAt),
        started.stream().map(one -> one.restored(compiler)).toList(),
        List.of(),
        flags == null ? List.of() : flags.stream().map(SavedFlag::restored).toList());
  }
}
