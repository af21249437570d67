package io.armwise.service.experiment;

import io.armwise.bandits.allocation.AllocationConstraints;
import io.armwise.bandits.allocation.AllocationPolicy;
import io.armwise.bandits.allocation.AllocationRule;
import io.armwise.bandits.allocation.FixedSplit;
import io.armwise.bandits.allocation.PinnedShare;
import io.armwise.bandits.allocation.Thompson;
import io.armwise.bandits.allocation.TopTwoThompson;
import io.armwise.bandits.experiment.Arm;
import io.armwise.service.experiment.ExperimentDocument.AllocationDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an allocation policy with its constraints. */
final class AllocationReader {
  private final FieldReader fields;

  AllocationReader(FieldReader fields) {
    this.fields = fields;
  }

  AllocationRule allocationRule(AllocationDocument document, List<Arm> arms) {
    String policy = document.policy() == null ? "top-two-thompson" : document.policy();
    AllocationPolicy allocationPolicy =
        switch (policy) {
          case "fixed" -> fixedSplit(document.weights(), arms);
          case "thompson" -> new Thompson();
          case "top-two-thompson" ->
              new TopTwoThompson(
                  fields.number(
                      "allocation.topTwoBeta",
                      document.topTwoBeta(),
                      0.5,
                      "must be in (0, 1]",
                      x -> x > 0 && x <= 1));
          default -> {
            fields.violation(
                "allocation.policy", "must be fixed, thompson or top-two-thompson", policy);
            yield new Thompson();
          }
        };
    if (!policy.equals("fixed") && document.weights() != null) {
      fields.violation("allocation.weights", "belong to policy fixed", policy);
    }
    if (!policy.equals("top-two-thompson") && document.topTwoBeta() != null) {
      fields.violation("allocation.topTwoBeta", "belongs to policy top-two-thompson", policy);
    }
    boolean fixed = policy.equals("fixed");
    double floor =
        fields.number(
            "allocation.explorationFloor",
            document.explorationFloor(),
            fixed ? 0.0 : Math.min(0.05, 0.2 / Math.max(arms.size(), 1)),
            "must be in [0, 1)",
            x -> x >= 0 && x < 1);
    List<PinnedShare> pinned = controlShare(document.controlShare(), arms);
    long burnIn = fields.whole("allocation.burnInUnits", document.burnInUnits(), 0, 0);
    double step =
        fields.number(
            "allocation.maximumStep",
            document.maximumStep(),
            1.0,
            "must be in (0, 1]",
            x -> x > 0 && x <= 1);
    return new AllocationRule(
        allocationPolicy, new AllocationConstraints(floor, pinned, burnIn, step));
  }

  private List<PinnedShare> controlShare(@Nullable Double share, List<Arm> arms) {
    if (share == null) {
      return List.of();
    }
    double valid =
        fields.number(
            "allocation.controlShare", share, 0.5, "must be in (0, 1)", x -> x > 0 && x < 1);
    for (int i = 0; i < arms.size(); i++) {
      if (arms.get(i).control()) {
        return List.of(new PinnedShare(i, valid));
      }
    }
    return List.of();
  }

  private AllocationPolicy fixedSplit(@Nullable Map<String, Double> weights, List<Arm> arms) {
    if (arms.isEmpty()) {
      return FixedSplit.equal(2);
    }
    if (weights == null) {
      return FixedSplit.equal(arms.size());
    }
    for (String named : weights.keySet()) {
      if (arms.stream().noneMatch(arm -> arm.key().equals(named))) {
        fields.violation("allocation.weights." + named, "must name an arm", named);
      }
    }
    List<Double> split = new ArrayList<>();
    double sum = 0;
    for (Arm arm : arms) {
      Double weight = weights.get(arm.key());
      double valid =
          fields.number(
              "allocation.weights." + arm.key(),
              weight,
              arm.retired() ? 0.0 : null,
              "must be in [0, 1]",
              x -> x >= 0 && x <= 1);
      split.add(valid);
      sum += valid;
    }
    if (!(Math.abs(sum - 1) <= 1e-9)) {
      fields.violation("allocation.weights", "must sum to 1", sum);
      return FixedSplit.equal(arms.size());
    }
    return new FixedSplit(split);
  }
}
