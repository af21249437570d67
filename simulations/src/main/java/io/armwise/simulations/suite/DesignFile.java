package io.armwise.simulations.suite;

import io.armwise.bandits.experiment.DecisionRule;
import io.armwise.posterior.BetaPrior;
import io.armwise.simulations.certificate.CertifiedDesign;
import io.armwise.simulations.policy.Policy;
import io.armwise.simulations.rule.ProductVerdict;
import io.armwise.simulations.rule.StoppingRule;
import io.armwise.simulations.trial.Schedule;
import io.armwise.simulations.world.Bernoulli;
import io.armwise.simulations.world.Delay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a design to be certified, in the words of suites. */
public final class DesignFile {
  private DesignFile() {}

  /**
   * Reads a file.
   *
   * @throws SuiteException if it cannot be read or is not a design
   */
  public static CertifiedDesign read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new SuiteException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  static CertifiedDesign parse(String name, String text) {
    Fields design = Fields.root(name, Node.parse(text, name));
    design.allow(
        "name",
        "arms",
        "baseline",
        "smallestEffect",
        "decisionsPerDay",
        "days",
        "cadence",
        "rampDays",
        "week",
        "policy",
        "delay",
        "prior",
        "rule",
        "verdict");
    int arms = design.count("arms", 2);
    double smallest = design.number("smallestEffect");
    long perDay = design.whole("decisionsPerDay");
    Schedule schedule =
        design.built(
            () ->
                new Schedule(
                    design.count("days", 28),
                    perDay,
                    design.whole("cadence", perDay),
                    design.count("rampDays", 0),
                    SuiteReader.week(design)));
    Policy policy = PolicyReader.read(design.child("policy"), arms);
    Delay delay = design.has("delay") ? WorldReader.delay(design.child("delay")) : new Delay.None();
    StoppingRule rule =
        design.has("rule") ? RuleReader.read(design.child("rule")) : new ProductVerdict();
    BetaPrior prior =
        design.has("prior") ? SuiteReader.betaPrior(design.child("prior")) : BetaPrior.UNIFORM;
    DecisionRule decisionRule =
        design.has("verdict")
            ? SuiteReader.decisionRule(design.child("verdict"), smallest)
            : SuiteReader.defaultDecisionRule(smallest);
    return design.built(
        () ->
            new CertifiedDesign(
                design.text("name", "design"),
                new Bernoulli(),
                arms,
                design.number("baseline"),
                smallest,
                schedule,
                policy,
                delay,
                prior,
                rule,
                decisionRule));
  }
}
