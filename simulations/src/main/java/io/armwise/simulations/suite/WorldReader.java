package io.armwise.simulations.suite;

import io.armwise.simulations.world.Bernoulli;
import io.armwise.simulations.world.Counts;
import io.armwise.simulations.world.Delay;
import io.armwise.simulations.world.DelayLaw;
import io.armwise.simulations.world.Drift;
import io.armwise.simulations.world.Gaussian;
import io.armwise.simulations.world.Lifetimes;
import io.armwise.simulations.world.LogNormal;
import io.armwise.simulations.world.LogRows;
import io.armwise.simulations.world.Losses;
import io.armwise.simulations.world.Means;
import io.armwise.simulations.world.OutcomeLaw;
import io.armwise.simulations.world.Pareto;
import io.armwise.simulations.world.Visitors;
import io.armwise.simulations.world.World;
import java.util.ArrayList;
import java.util.List;

/** Reads a world of a suite. */
final class WorldReader {
  /** The last day of an arm that is not retired: later than any. */
  private static final int NO_END = 1_000_000_000;

  private WorldReader() {}

  static World read(Fields fields) {
    fields.allow("name", "outcomes", "means", "drift", "delay", "losses", "lifetimes", "visitors");
    if (isReplay(fields)) {
      return replay(fields);
    }
    OutcomeLaw law = law(fields);
    Means means = means(fields);
    Drift drift = fields.has("drift") ? drift(fields.child("drift")) : new Drift.None();
    Delay delay = fields.has("delay") ? delay(fields.child("delay")) : new Delay.None();
    Losses losses = fields.has("losses") ? losses(fields.child("losses")) : Losses.NONE;
    Lifetimes lifetimes = lifetimes(fields, means.arms());
    Visitors visitors =
        fields.has("visitors") ? visitors(fields.child("visitors")) : new Visitors.Once();
    return fields.built(() -> new World(law, means, drift, delay, losses, lifetimes, visitors));
  }

  private static boolean isReplay(Fields world) {
    return !world.isSequence("means") && world.child("means").text("type").equals("replay");
  }

  private static World replay(Fields world) {
    world.allow("name", "means");
    Fields means = world.child("means");
    means.allow("type", "source", "arms", "rows");
    return means.built(
        () -> World.replayed(LogRows.parse(means.text("rows")), means.count("arms", 2)));
  }

  private static Lifetimes lifetimes(Fields world, int arms) {
    if (!world.has("lifetimes")) {
      return Lifetimes.ALL;
    }
    List<Lifetimes.Life> lives = new ArrayList<>();
    for (Fields life : world.children("lifetimes")) {
      life.allow("arm", "from", "until");
      int arm = life.count("arm", 0);
      if (!(arm < arms)) {
        throw life.wrong("arm", "must be below " + arms);
      }
      lives.add(
          life.built(
              () -> new Lifetimes.Life(arm, life.count("from", 1), life.count("until", NO_END))));
    }
    return world.built(() -> new Lifetimes(lives));
  }

  private static Visitors visitors(Fields visitors) {
    visitors.allow("units", "sticky");
    return visitors.built(
        () ->
            new Visitors.Returning((int) visitors.whole("units"), visitors.flag("sticky", false)));
  }

  private static OutcomeLaw law(Fields world) {
    if (!world.has("outcomes")) {
      return new Bernoulli();
    }
    if (world.isScalar("outcomes")) {
      return switch (world.text("outcomes")) {
        case "bernoulli" -> new Bernoulli();
        case "counts" -> new Counts();
        default ->
            throw world.wrong("outcomes", "must be bernoulli, counts or a mapping with a type");
      };
    }
    Fields law = world.child("outcomes");
    return switch (law.text("type")) {
      case "bernoulli" -> {
        law.allow("type");
        yield new Bernoulli();
      }
      case "counts" -> {
        law.allow("type");
        yield new Counts();
      }
      case "gaussian" -> {
        law.allow("type", "deviation");
        yield law.built(() -> new Gaussian(law.number("deviation")));
      }
      case "log-normal" -> {
        law.allow("type", "buyers", "sigma");
        yield law.built(() -> new LogNormal(law.number("buyers"), law.number("sigma")));
      }
      case "pareto" -> {
        law.allow("type", "buyers", "tail");
        yield law.built(() -> new Pareto(law.number("buyers"), law.number("tail")));
      }
      default ->
          throw law.wrong("type", "must be bernoulli, counts, gaussian, log-normal or pareto");
    };
  }

  private static Means means(Fields world) {
    if (world.isSequence("means")) {
      return world.built(() -> new Means.Fixed(world.numbers("means")));
    }
    Fields means = world.child("means");
    return switch (means.text("type")) {
      case "beta" -> {
        means.allow("type", "arms", "alpha", "beta");
        yield means.built(
            () ->
                new Means.FromBeta(
                    means.count("arms", 2), means.number("alpha"), means.number("beta")));
      }
      case "normal" -> {
        means.allow("type", "arms", "mean", "deviation");
        yield means.built(
            () ->
                new Means.FromNormal(
                    means.count("arms", 2), means.number("mean"), means.number("deviation")));
      }
      case "log" -> {
        means.allow("type", "source", "experiments");
        yield means.built(
            () -> new Means.FromLog(means.text("source"), means.tables("experiments")));
      }
      default -> throw means.wrong("type", "must be beta, normal, log or replay");
    };
  }

  private static Drift drift(Fields drift) {
    return switch (drift.text("type")) {
      case "random-walk" -> {
        drift.allow("type", "deviation");
        yield drift.built(() -> new Drift.RandomWalk(drift.number("deviation")));
      }
      case "abrupt" -> {
        drift.allow("type", "day", "means");
        yield drift.built(
            () -> new Drift.AbruptChange(drift.count("day", 0), drift.numbers("means")));
      }
      case "segments" -> {
        drift.allow("type", "days", "means");
        yield drift.built(() -> new Drift.Segments(drift.count("days", 0), drift.tables("means")));
      }
      case "replacement" -> {
        drift.allow("type", "perDay", "alpha", "beta");
        yield drift.built(
            () ->
                new Drift.Replacement(
                    drift.number("perDay"), drift.number("alpha"), drift.number("beta")));
      }
      case "weekly" -> {
        drift.allow("type", "amplitude");
        yield drift.built(() -> new Drift.WeeklySeason(drift.number("amplitude")));
      }
      case "novelty" -> {
        drift.allow("type", "lift", "halfLifeDays");
        yield drift.built(
            () -> new Drift.NoveltyDecay(drift.number("lift"), drift.number("halfLifeDays")));
      }
      default ->
          throw drift.wrong(
              "type", "must be random-walk, abrupt, segments, replacement, weekly or novelty");
    };
  }

  static Delay delay(Fields delay) {
    delay.allow("counting", "windowDays", "never", "meanDays", "medianDays", "sigma");
    double never = delay.number("never", 0);
    DelayLaw law =
        delay.built(
            () ->
                delay.has("meanDays")
                    ? new DelayLaw.Exponential(delay.number("meanDays"))
                    : new DelayLaw.LogNormalDelay(
                        delay.number("medianDays"), delay.number("sigma")));
    return switch (delay.text("counting", "matured")) {
      case "matured" ->
          delay.built(() -> new Delay.Matured(law, never, delay.number("windowDays")));
      case "premature" -> delay.built(() -> new Delay.Premature(law, never));
      default -> throw delay.wrong("counting", "must be matured or premature");
    };
  }

  private static Losses losses(Fields losses) {
    losses.allow("lost", "duplicated");
    return losses.built(() -> new Losses(losses.number("lost", 0), losses.number("duplicated", 0)));
  }
}
