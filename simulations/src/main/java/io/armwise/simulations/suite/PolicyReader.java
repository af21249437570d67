package io.armwise.simulations.suite;

import io.armwise.bandits.allocation.AllocationConstraints;
import io.armwise.bandits.allocation.AllocationPolicy;
import io.armwise.bandits.allocation.AllocationRule;
import io.armwise.bandits.allocation.FixedSplit;
import io.armwise.bandits.allocation.PinnedShare;
import io.armwise.bandits.allocation.Thompson;
import io.armwise.bandits.allocation.TopTwoThompson;
import io.armwise.simulations.policy.BayesUcb;
import io.armwise.simulations.policy.ChernoffUcb;
import io.armwise.simulations.policy.DiscountedThompson;
import io.armwise.simulations.policy.EpsilonGreedy;
import io.armwise.simulations.policy.ExploreThenCommit;
import io.armwise.simulations.policy.KlUcbPolicy;
import io.armwise.simulations.policy.Oracle;
import io.armwise.simulations.policy.Policy;
import io.armwise.simulations.policy.PosteriorDraw;
import io.armwise.simulations.policy.ServicePolicy;
import io.armwise.simulations.policy.Ucb1;
import java.util.List;

/** Reads a policy of a suite. */
final class PolicyReader {
  private PolicyReader() {}

  /**
   * The policy.
   *
   * @param arms of the world it is for
   */
  static Policy read(Fields fields, int arms) {
    return switch (fields.text("type")) {
      case "fixed" -> {
        allowConstraints(fields, "weights");
        yield service(
            fields,
            fields.has("weights")
                ? fields.built(() -> new FixedSplit(fields.numbers("weights")))
                : FixedSplit.equal(arms),
            arms);
      }
      case "thompson" -> {
        allowConstraints(fields, "type");
        yield service(fields, new Thompson(), arms);
      }
      case "top-two" -> {
        allowConstraints(fields, "beta");
        yield service(
            fields, fields.built(() -> new TopTwoThompson(fields.number("beta", 0.5))), arms);
      }
      case "posterior-draw" -> {
        fields.allow("name", "type", "burnIn");
        yield fields.built(() -> new PosteriorDraw(fields.whole("burnIn", 0)));
      }
      case "discounted-thompson" -> {
        fields.allow("name", "type", "discount");
        yield fields.built(() -> new DiscountedThompson(fields.number("discount")));
      }
      case "epsilon-greedy" -> {
        fields.allow("name", "type", "epsilon");
        yield fields.built(() -> new EpsilonGreedy(fields.number("epsilon")));
      }
      case "explore-then-commit" -> {
        fields.allow("name", "type", "unitsPerArm");
        yield fields.built(() -> new ExploreThenCommit(fields.whole("unitsPerArm")));
      }
      case "ucb1" -> plain(fields, new Ucb1());
      case "kl-ucb" -> plain(fields, new KlUcbPolicy());
      case "chernoff-ucb" -> plain(fields, new ChernoffUcb());
      case "bayes-ucb" -> plain(fields, new BayesUcb());
      case "oracle" -> plain(fields, new Oracle());
      default ->
          throw fields.wrong(
              "type", "must be one of " + String.join(", ", Catalogue.policyTypes()));
    };
  }

  private static Policy plain(Fields fields, Policy policy) {
    fields.allow("name", "type");
    return policy;
  }

  private static void allowConstraints(Fields fields, String own) {
    fields.allow("name", "type", "floor", "controlShare", "burnIn", "maximumStep", own);
  }

  private static Policy service(Fields fields, AllocationPolicy policy, int arms) {
    return fields.built(
        () -> {
          AllocationConstraints constraints =
              new AllocationConstraints(
                  fields.number("floor", 0),
                  fields.has("controlShare")
                      ? List.of(new PinnedShare(0, fields.number("controlShare")))
                      : List.of(),
                  fields.whole("burnIn", 0),
                  fields.number("maximumStep", 1));
          constraints.requireFeasible(arms);
          return new ServicePolicy(new AllocationRule(policy, constraints));
        });
  }
}
