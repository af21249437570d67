package io.armwise.client;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.assignment.BucketRange;
import io.armwise.bandits.assignment.Slots;
import io.armwise.bandits.condition.ConditionForm;
import io.armwise.bandits.decision.Choice;
import io.armwise.bandits.decision.DecisionTable;
import io.armwise.bandits.decision.ExperimentState;
import io.armwise.bandits.decision.ExperimentState.HoldoutRange;
import io.armwise.bandits.decision.FlagState;
import io.armwise.bandits.decision.Plan;
import io.armwise.bandits.decision.PortableTargeting;
import io.armwise.bandits.decision.Targeting;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.bandits.experiment.Participation;
import io.armwise.bandits.experiment.Participation.LayerRange;
import io.armwise.bandits.experiment.Participation.Prerequisite;
import io.armwise.bandits.experiment.Participation.QaList;
import io.armwise.bandits.experiment.TargetingRule;
import io.armwise.bandits.experiment.TargetingRule.AttributeType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as the service writes it at {@code /v1/sdk/snapshot}, compiled for deciding.
 * Immutable.
 *
 * @param epoch names the service's database
 * @param sequence number of the newest change
 * @param table the experiments
 * @param details what the table does not need, by experiment
 * @param unsupported experiments that cannot be decided here
 */
record ClientSnapshot(
    String epoch,
    long sequence,
    DecisionTable table,
    Map<String, Details> details,
    List<String> unsupported) {
  private static final long FORMAT = 1;

  /**
   * An experiment, apart from its plan.
   *
   * @param plan for the table
   * @param arms in slot order
   * @param shownWhenDecided whether a decision is an exposure
   * @param isFlag whether it is a feature flag with variants of its own, which teaches nothing
   */
  record Details(Plan plan, List<ArmDetails> arms, boolean shownWhenDecided, boolean isFlag) {
    /** The experiment's own key, whatever key it is asked by. */
    String experiment() {
      return plan.state().key();
    }

    int id() {
      return plan.state().id();
    }

    /** Whether something is learned from a choice. */
    boolean isEvidence(Choice choice) {
      return !isFlag && choice.reason().isEvidence();
    }

    /** The choice's reason in the service's words. */
    String reason(Choice choice) {
      return isFlag ? FlagState.reason(plan.state(), choice) : choice.reason().json();
    }
  }

  /** An arm. */
  record ArmDetails(String key, String name, @Nullable Object payload) {}

  /**
   * Reads a snapshot.
   *
   * @throws IllegalArgumentException if it is not one, or of a format that this client cannot read
   */
  static ClientSnapshot parse(String json, Targeting.Compiler conditions) {
    Fields snapshot = Fields.of(Json.parse(json));
    if (snapshot.whole("format") != FORMAT) {
      throw new IllegalArgumentException(
          "format must be "
              + FORMAT
              + ", got "
              + snapshot.whole("format")
              + ": a newer client is"
              + " needed");
    }
    Map<String, Details> details = new HashMap<>();
    List<Plan> plans = new ArrayList<>();
    Set<String> unsupported = new HashSet<>();
    for (Fields experiment : snapshot.objects("experiments")) {
      Conditions portable = new Conditions(conditions);
      ExperimentState state = state(experiment, portable);
      try {
        Plan plan = Plan.of(state, portable);
        plans.add(plan);
        details.put(state.key(), details(plan, experiment));
      } catch (IllegalArgumentException notCompiled) {
        unsupported.add(state.key());
      }
    }
    refuseDependents(plans, details, unsupported);
    for (Fields flag : snapshot.objects("flags")) {
      addFlag(flag, conditions, details, unsupported);
    }
    return new ClientSnapshot(
        snapshot.text("epoch"),
        snapshot.whole("sequence"),
        DecisionTable.of(plans),
        Map.copyOf(details),
        unsupported.stream().sorted().toList());
  }

  /** Adds a feature flag, which takes the place of an experiment with its key. */
  private static void addFlag(
      Fields flag,
      Targeting.Compiler conditions,
      Map<String, Details> details,
      Set<String> unsupported) {
    String key = flag.text("key");
    if (flag.any("experiment") != null) {
      String experiment = flag.text("experiment");
      Details behind = details.get(experiment);
      if (behind != null) {
        details.put(key, behind);
      } else if (unsupported.contains(experiment)) {
        unsupported.add(key);
      }
      return;
    }
    details.remove(key);
    Conditions portable = new Conditions(conditions);
    ExperimentState state =
        FlagState.of(
            key,
            flag.objects("variants").stream().map(one -> one.text("key")).toList(),
            Math.toIntExact(flag.whole("otherwise")),
            condition(flag.objectOrNull("targeting"), portable),
            flag.truth("enabled"),
            flag.whole("version"),
            Shares.of(flag.wholes("shares")));
    try {
      Plan plan = Plan.of(state, portable);
      details.put(key, new Details(plan, arms(flag.objects("variants")), false, true));
      unsupported.remove(key);
    } catch (IllegalArgumentException notCompiled) {
      unsupported.add(key);
    }
  }

  /** Takes the portable form of a condition where it has one, else the caller's compiler. */
  private static final class Conditions implements Targeting.Compiler {
    private final Targeting.Compiler others;
    private final Map<TargetingRule, Targeting> portable = new HashMap<>();

    Conditions(Targeting.Compiler others) {
      this.others = others;
    }

    void add(TargetingRule rule, Object form) {
      try {
        portable.put(rule, new PortableTargeting(rule, ConditionForm.read(form)));
      } catch (IllegalArgumentException newer) {
        // A newer service may send operations that this client does not know.
        portable.remove(rule);
      }
    }

    @Override
    public Targeting compile(TargetingRule rule) {
      Targeting known = portable.get(rule);
      return known == null ? others.compile(rule) : known;
    }
  }

  /** Whether a unit is in an experiment that cannot be decided is not known either. */
  private static void refuseDependents(
      List<Plan> plans, Map<String, Details> details, Set<String> unsupported) {
    boolean changed = !unsupported.isEmpty();
    while (changed) {
      List<Plan> dependent = plans.stream().filter(plan -> dependsOn(plan, unsupported)).toList();
      dependent.forEach(plan -> unsupported.add(plan.state().key()));
      dependent.forEach(plan -> details.remove(plan.state().key()));
      changed = plans.removeAll(dependent);
    }
  }

  private static boolean dependsOn(Plan plan, Set<String> unsupported) {
    Participation participation = plan.state().participation();
    return participation.excludes().stream().anyMatch(unsupported::contains)
        || participation.prerequisites().stream()
            .anyMatch(wanted -> unsupported.contains(wanted.experiment()));
  }

  private static Details details(Plan plan, Fields experiment) {
    return new Details(
        plan,
        arms(experiment.objects("arms")),
        experiment.text("exposure").equals("decision"),
        false);
  }

  private static List<ArmDetails> arms(List<Fields> arms) {
    return arms.stream()
        .map(arm -> new ArmDetails(arm.text("key"), arm.text("name"), arm.any("payload")))
        .toList();
  }

  private static ExperimentState state(Fields experiment, Conditions conditions) {
    return new ExperimentState(
        Math.toIntExact(experiment.whole("id")),
        experiment.text("key"),
        ExperimentStatus.valueOf(experiment.text("status").toUpperCase(Locale.ROOT)),
        experiment.objects("arms").stream().map(arm -> arm.text("key")).toList(),
        Math.toIntExact(experiment.whole("control")),
        Math.toIntExact(experiment.whole("best")),
        Slots.of(Math.toIntExact(experiment.whole("slots"))),
        experiment.number("trafficShare"),
        participation(experiment, conditions),
        experiment.objects("holdouts").stream()
            .map(range -> new HoldoutRange(range.text("key"), range(range)))
            .toList(),
        experiment.whole("version"),
        Shares.of(experiment.wholes("shares")));
  }

  private static Participation participation(Fields experiment, Conditions conditions) {
    Fields layer = experiment.objectOrNull("layer");
    return new Participation(
        layer == null ? null : new LayerRange(layer.text("key"), range(layer)),
        condition(experiment.objectOrNull("targeting"), conditions),
        condition(experiment.objectOrNull("exploitWhen"), conditions),
        experiment.objects("overrides").stream()
            .map(list -> QaList.of(list.text("arm"), list.texts("units")))
            .toList(),
        experiment.objects("prerequisites").stream()
            .map(one -> new Prerequisite(one.text("experiment"), one.texts("arms")))
            .toList(),
        experiment.texts("excludes"),
        List.of(), // the share of traffic that a ramp has reached is in the snapshot
        experiment.truth("killed"));
  }

  private static BucketRange range(Fields range) {
    return new BucketRange(
        Math.toIntExact(range.whole("from")), Math.toIntExact(range.whole("until")));
  }

  private static @Nullable TargetingRule condition(
      @Nullable Fields condition, Conditions conditions) {
    if (condition == null) {
      return null;
    }
    Map<String, AttributeType> types = new HashMap<>();
    Fields attributes = condition.objectOrNull("attributes");
    if (attributes != null) {
      attributes
          .object()
          .keySet()
          .forEach(
              name -> {
                String attribute = String.valueOf(name);
                String type = attributes.text(attribute).toUpperCase(Locale.ROOT);
                types.put(attribute, AttributeType.valueOf(type));
              });
    }
    TargetingRule rule = new TargetingRule(condition.text("expression"), types);
    Object form = condition.any("portable");
    if (form != null) {
      conditions.add(rule, form);
    }
    return rule;
  }
}
