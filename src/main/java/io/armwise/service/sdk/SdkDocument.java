package io.armwise.service.sdk;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.armwise.bandits.assignment.BucketRange;
import io.armwise.bandits.condition.ConditionForm;
import io.armwise.bandits.decision.ExperimentState;
import io.armwise.bandits.decision.PortableTargeting;
import io.armwise.bandits.experiment.Participation;
import io.armwise.bandits.experiment.TargetingRule;
import io.armwise.service.experiment.Conditions;
import io.armwise.service.flag.Flag;
import io.armwise.service.flag.Flag.ByExperiment;
import io.armwise.service.flag.Flag.OfVariants;
import io.armwise.service.snapshot.LiveExperiment;
import io.armwise.service.snapshot.Snapshot;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The running and paused experiments as clients read them. A reader passes over fields that it does
 * not know; a change that would make an old reader decide wrongly gets a new {@code format}.
 *
 * @param format 1
 * @param epoch of the database; another one is another service
 * @param sequence number of the newest change
 * @param experiments ordered by key
 * @param flags feature flags, ordered by key; one with the key of an experiment takes its place
 */
@Schema(name = "SdkSnapshot")
record SdkDocument(
    int format, UUID epoch, long sequence, List<SdkExperiment> experiments, List<SdkFlag> flags) {
  static final int FORMAT = 1;

  static SdkDocument of(Snapshot snapshot, UUID epoch) {
    return new SdkDocument(
        FORMAT,
        epoch,
        snapshot.sequence(),
        snapshot.byKey().values().stream()
            .filter(live -> live.experiment().status().isLearning())
            .sorted(Comparator.comparing(live -> live.experiment().key()))
            .map(SdkExperiment::of)
            .toList(),
        snapshot.storedFlags().stream()
            .sorted(Comparator.comparing(Flag::key))
            .map(SdkFlag::of)
            .toList());
  }

  /**
   * A feature flag: variants of its own, or an experiment that decides under the flag's key.
   *
   * @param experiment the experiment's key; the fields below are absent then
   * @param variants in slot order
   * @param otherwise index of the variant of units that are not served
   * @param shares per variant in units of 2^-32
   * @param targeting condition on a unit's attributes; absent for everybody
   * @param enabled whether any unit is served
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Schema(name = "SdkFlag")
  record SdkFlag(
      String key,
      long version,
      @Nullable String experiment,
      List<SdkArm> variants,
      @Nullable Integer otherwise,
      long[] shares,
      @Nullable SdkCondition targeting,
      boolean enabled) {
    static SdkFlag of(Flag flag) {
      return switch (flag.serving()) {
        case ByExperiment(String experiment) ->
            new SdkFlag(
                flag.key(), flag.version(), experiment, List.of(), null, new long[0], null, true);
        case OfVariants serving ->
            new SdkFlag(
                flag.key(),
                flag.version(),
                null,
                serving.variants().stream()
                    .map(one -> new SdkArm(one.key(), one.key(), one.value()))
                    .toList(),
                serving.otherwise(),
                serving.shares().toArray(),
                SdkCondition.of(serving.targeting()),
                serving.enabled());
      };
    }
  }

  /**
   * An experiment.
   *
   * @param id number in decision tokens
   * @param status running or paused
   * @param unit what is randomised; {@code request} if each decision is its own unit
   * @param exposure {@code decision} if deciding is showing, otherwise {@code event}
   * @param arms in slot order
   * @param control index of the control arm
   * @param best index of the arm that is best as far as is known
   * @param slots among which arms are drawn
   * @param trafficShare fraction of units that take part
   * @param version of the allocation
   * @param shares per arm in units of 2^-32, in slot order; an arm without one has none yet
   * @param layer the range of a layer that the experiment takes; absent for all units
   * @param targeting condition on a unit's attributes; absent for everybody
   * @param exploitWhen condition under which a unit gets the best arm and teaches nothing
   * @param overrides units that get a certain arm
   * @param prerequisites experiments that a unit must be in
   * @param excludes keys of experiments whose units may not take part
   * @param holdouts ranges of units that are kept out
   * @param killed whether everybody gets the control arm
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Schema(name = "SdkExperiment")
  record SdkExperiment(
      int id,
      String key,
      String status,
      String unit,
      String exposure,
      List<SdkArm> arms,
      int control,
      int best,
      int slots,
      double trafficShare,
      long version,
      long[] shares,
      @Nullable SdkRange layer,
      @Nullable SdkCondition targeting,
      @Nullable SdkCondition exploitWhen,
      List<SdkOverride> overrides,
      List<SdkPrerequisite> prerequisites,
      List<String> excludes,
      List<SdkRange> holdouts,
      boolean killed) {
    static SdkExperiment of(LiveExperiment live) {
      ExperimentState state = live.plan().state();
      Participation participation = state.participation();
      Participation.LayerRange layer = participation.layer();
      return new SdkExperiment(
          state.id(),
          state.key(),
          state.status().name().toLowerCase(Locale.ROOT),
          live.definition().unit().name(),
          live.definition().exposure().name().toLowerCase(Locale.ROOT),
          live.definition().arms().stream()
              .map(arm -> new SdkArm(arm.key(), arm.name(), arm.payload()))
              .toList(),
          state.control(),
          state.best(),
          state.slots().count(),
          state.trafficShare(),
          state.version(),
          state.shares().toArray(),
          layer == null ? null : SdkRange.of(layer.layer(), layer.range()),
          SdkCondition.of(participation.targeting()),
          SdkCondition.of(participation.exploitWhen()),
          participation.overrides().stream()
              .map(list -> new SdkOverride(list.arm(), List.copyOf(list.units().values())))
              .toList(),
          participation.prerequisites().stream()
              .map(one -> new SdkPrerequisite(one.experiment(), one.arms()))
              .toList(),
          participation.excludes(),
          state.holdouts().stream().map(held -> SdkRange.of(held.key(), held.range())).toList(),
          participation.killed());
    }
  }

  /** An arm; {@code payload} is any JSON value. */
  @Schema(name = "SdkArm")
  record SdkArm(String key, String name, @JsonRawValue @Schema(type = "object") String payload) {}

  /** Units, by their ids, that get an arm whatever the shares. */
  @Schema(name = "SdkOverride")
  record SdkOverride(String arm, List<String> units) {}

  /** An experiment that a unit must be in, with one of these arms; with any if there are none. */
  @Schema(name = "SdkPrerequisite")
  record SdkPrerequisite(String experiment, List<String> arms) {}

  /** A range of a layer's or holdout's 10,000 buckets: {@code from ≤ bucket < until}. */
  @Schema(name = "SdkRange")
  record SdkRange(String key, int from, int until) {
    static SdkRange of(String key, BucketRange range) {
      return new SdkRange(key, range.from(), range.until());
    }
  }

  /**
   * A condition.
   *
   * @param expression in the Common Expression Language
   * @param attributes types of the names in it
   * @param portable the same as nested lists, see {@link ConditionForm}, which need no parser;
   *     absent if it uses more of the language than they have
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @Schema(name = "SdkCondition")
  record SdkCondition(String expression, Map<String, String> attributes, List<Object> portable) {
    static @Nullable SdkCondition of(@Nullable TargetingRule rule) {
      if (rule == null) {
        return null;
      }
      Map<String, String> types = new TreeMap<>();
      rule.attributes()
          .forEach((name, type) -> types.put(name, type.name().toLowerCase(Locale.ROOT)));
      List<Object> portable =
          Conditions.SHARED.compile(rule) instanceof PortableTargeting targeting
              ? ConditionForm.of(targeting.condition())
              : List.of();
      return new SdkCondition(rule.expression(), types, portable);
    }
  }
}
