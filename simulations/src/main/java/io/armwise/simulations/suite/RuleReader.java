package io.armwise.simulations.suite;

import io.armwise.simulations.rule.AnytimeWinner;
import io.armwise.simulations.rule.ExpectedLoss;
import io.armwise.simulations.rule.FixedHorizon;
import io.armwise.simulations.rule.GroupSequential;
import io.armwise.simulations.rule.PeekAtProbability;
import io.armwise.simulations.rule.PeekAtSignificance;
import io.armwise.simulations.rule.ProductVerdict;
import io.armwise.simulations.rule.RateTest;
import io.armwise.simulations.rule.StoppingRule;
import io.armwise.simulations.rule.ValueRemainingBelow;

/** Reads a stopping rule of a suite. */
final class RuleReader {
  private RuleReader() {}

  static StoppingRule read(Fields fields) {
    return switch (fields.text("type")) {
      case "fixed-horizon" -> {
        fields.allow("name", "type", "alpha", "rates");
        RateTest rates = rates(fields);
        yield fields.built(() -> new FixedHorizon(fields.number("alpha", 0.05), rates));
      }
      case "peek-at-significance" -> {
        fields.allow("name", "type", "alpha", "rates");
        RateTest rates = rates(fields);
        yield fields.built(() -> new PeekAtSignificance(fields.number("alpha", 0.05), rates));
      }
      case "peek-at-probability" -> {
        fields.allow("name", "type", "probability");
        yield fields.built(() -> new PeekAtProbability(fields.number("probability", 0.95)));
      }
      case "expected-loss" -> {
        fields.allow("name", "type", "tolerated", "minimumDays");
        yield fields.built(
            () -> new ExpectedLoss(fields.number("tolerated"), fields.count("minimumDays", 0)));
      }
      case "anytime" -> {
        fields.allow("name", "type", "alpha");
        yield fields.built(() -> new AnytimeWinner(fields.number("alpha", 0.05)));
      }
      case "group-sequential" -> {
        fields.allow("name", "type", "alpha", "looks", "shape");
        GroupSequential.Shape shape =
            switch (fields.text("shape", "obrien-fleming")) {
              case "obrien-fleming" -> GroupSequential.Shape.OBRIEN_FLEMING;
              case "pocock" -> GroupSequential.Shape.POCOCK;
              default -> throw fields.wrong("shape", "must be obrien-fleming or pocock");
            };
        yield fields.built(
            () ->
                new GroupSequential(fields.number("alpha", 0.05), fields.count("looks", 5), shape));
      }
      case "value-remaining" -> {
        fields.allow("name", "type", "fraction", "probability", "minimumDays");
        yield fields.built(
            () ->
                new ValueRemainingBelow(
                    fields.number("fraction", 0.01),
                    fields.number("probability", 0.95),
                    fields.count("minimumDays", 0)));
      }
      case "product-verdict" -> {
        fields.allow("name", "type");
        yield new ProductVerdict();
      }
      default ->
          throw fields.wrong("type", "must be one of " + String.join(", ", Catalogue.ruleTypes()));
    };
  }

  private static RateTest rates(Fields fields) {
    return switch (fields.text("rates", "pooled")) {
      case "pooled" -> RateTest.POOLED;
      case "wald" -> RateTest.WALD;
      default -> throw fields.wrong("rates", "must be pooled or wald");
    };
  }
}
