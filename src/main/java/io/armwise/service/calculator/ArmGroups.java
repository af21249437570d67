package io.armwise.service.calculator;

import io.armwise.posterior.comparison.BestArmQuadrature;
import io.armwise.service.calculator.ArmGroup.NamedArm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects arms into experiments, in the order of their first arms. Not thread-safe. */
final class ArmGroups {
  private final Map<String, Map<String, NamedArm>> arms = new LinkedHashMap<>();

  /** Adds an arm to its experiment, which begins with its first arm. */
  void add(String experiment, NamedArm arm) throws InputException {
    Map<String, NamedArm> siblings =
        arms.computeIfAbsent(experiment, name -> new LinkedHashMap<>());
    NamedArm before = siblings.putIfAbsent(arm.name(), arm);
    if (before != null) {
      throw new InputException(
          arm.where(),
          "the arm must appear once in its experiment, got '%s' of experiment '%s' again, first at %s"
              .formatted(arm.name(), experiment, before.where()));
    }
    if (siblings.size() > BestArmQuadrature.MAX_ARMS) {
      throw new InputException(
          arm.where(),
          "an experiment must have at most %d arms, got more of experiment '%s'"
              .formatted(BestArmQuadrature.MAX_ARMS, experiment));
    }
  }

  /** Whether the experiment has arms already. */
  boolean contains(String experiment) {
    return arms.containsKey(experiment);
  }

  /** All experiments so far. */
  List<ArmGroup> toList() {
    List<ArmGroup> groups = new ArrayList<>();
    arms.forEach((name, members) -> groups.add(new ArmGroup(name, List.copyOf(members.values()))));
    return groups;
  }
}
