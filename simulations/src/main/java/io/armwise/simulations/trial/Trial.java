package io.armwise.simulations.trial;

import io.armwise.bandits.experiment.ExperimentDefinition;
import io.armwise.bandits.inference.Standings;
import io.armwise.simulations.policy.Situation;
import io.armwise.simulations.random.RandomStream;
import io.armwise.simulations.random.StreamKey;
import io.armwise.simulations.rule.Check;
import io.armwise.simulations.world.Truth;
import io.armwise.simulations.world.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a design once per replication. Between two refreshes the shares stand still, so the number
 * of decisions per arm is multinomial and their outcomes are drawn as totals: a refresh costs its
 * comparison of the arms, not its decisions.
 *
 * <p>Common random numbers: the truth and each arm's outcomes come from streams that world and
 * replication name, whatever the policy; so policies meet the same luck and their difference is
 * sharper than either. Immutable; one instance serves all threads.
 */
public final class Trial {
  private final Design design;
  private final ExperimentDefinition definition;
  private final List<Check> checks;
  private final StreamKey worldKey;
  private final StreamKey policyKey;
  private final boolean loops;

  /**
   * Prepares a design.
   *
   * @param design what to run
   * @param seed the master seed
   */
  public Trial(Design design, long seed) {
    this(design, seed, DrawingLoop.fits(design));
  }

  /** With the short cut for designs that it fits, or without. */
  Trial(Design design, long seed, boolean loops) {
    this.design = design;
    this.loops = loops;
    this.definition = design.definition();
    this.checks = design.rules().stream().map(rule -> rule.prepare(design.plan())).toList();
    this.worldKey =
        StreamKey.root(seed).child(design.world().toString()).child(design.schedule().toString());
    this.policyKey = worldKey.child(design.policy().toString());
  }

  /**
   * Runs one replication.
   *
   * @param replication from 0; the same number gives the same course
   */
  public Course run(long replication) {
    return new Run(replication).finish();
  }

  /**
   * What the rules of the design do in one replication: the outcomes of {@link #run}, but the
   * course ends with the last rule, and nothing else is measured.
   *
   * @param replication as for {@link #run}
   */
  public List<RuleOutcome> outcomes(long replication) {
    return new Run(replication).outcomes();
  }

  /** One replication under way. */
  private final class Run {
    private final World world = design.world();
    private final Schedule schedule = design.schedule();
    private final Truth truth;
    private final Situation situation;
    private final Feed feed;
    private final Watch watch = new Watch(checks);
    private final Crowd crowd;
    private final RandomStream[] outcomes = new RandomStream[design.world().arms()];
    private final List<CurvePoint> curve = new ArrayList<>();
    private final long[] played = new long[design.world().arms()];
    private final @Nullable DrawingLoop loop;
    private double[] shares = {};
    private long untilRefresh;
    private boolean armsChanged;
    private double regret;
    private double regretOfEqualSplit;
    private long best;

    Run(long replication) {
      StreamKey shared = worldKey.child(replication);
      StreamKey own = policyKey.child(replication);
      truth = world.realise(schedule.days(), shared.child("truth").stream());
      situation = new Situation(definition, truth, own.child("policy").stream());
      feed = new Feed(world, situation, own.child("arrivals").stream());
      crowd =
          Crowd.of(
              world,
              situation,
              own.child("traffic").stream(),
              shared.child("units").stream(),
              this::expose);
      StreamKey values = shared.child("outcomes");
      Arrays.setAll(outcomes, arm -> values.child(arm).stream());
      loop = loops ? new DrawingLoop(design, situation, truth, outcomes) : null;
    }

    List<RuleOutcome> outcomes() {
      for (int day = 0; day < schedule.days() && watch.isOpen(); day++) {
        play(day);
        look(day);
      }
      return watch.outcomes(() -> RuleOutcome.unstopped(situation.standings(), truth, regret));
    }

    Course finish() {
      Coverage coverage = new Coverage(world, truth, (double) schedule.decisions() / world.arms());
      for (int day = 0; day < schedule.days(); day++) {
        play(day);
        coverage.look(situation.tally());
        look(day);
        if (schedule.isCurvePoint(day)) {
          curve.add(new CurvePoint(day + 1, regret, dayShares()));
        }
      }
      Standings standings = situation.standings();
      RuleOutcome end = RuleOutcome.unstopped(standings, truth, regret);
      return new Course(
          regret,
          regretOfEqualSplit - regret,
          (double) best / situation.decisions(),
          crowd.moved(),
          end,
          watch.outcomes(() -> end),
          curve,
          coverage.reports(standings, situation.tally()));
    }

    private void play(int day) {
      situation.begin(day);
      if (world.lifetimes().changesOn(day)) {
        situation.change(design.definition(day));
        armsChanged = true;
      }
      for (int arm = 0; arm < played.length; arm++) {
        if (truth.isReplaced(day, arm)) {
          situation.forget(arm);
          feed.forget(arm);
          armsChanged = true;
          if (loop != null) {
            loop.forget(arm);
          }
        }
      }
      Arrays.fill(played, 0);
      long total = schedule.decisionsOn(day);
      regretOfEqualSplit += total * truth.gapOfEqualSplit(day);
      if (loop != null) {
        loop.play(day, total, played);
        regret = loop.regret();
        for (int arm = 0; arm < played.length; arm++) {
          best += truth.gap(day, arm) == 0 ? played[arm] : 0;
        }
        return;
      }
      for (long left = total; left > 0; ) {
        double time = day + (double) (total - left) / total;
        // Arms that come and go are a reason to refresh out of turn.
        if (untilRefresh == 0 || armsChanged) {
          feed.advance(time);
          shares = design.policy().divide(situation);
          untilRefresh = untilRefresh == 0 ? schedule.cadence() : untilRefresh;
          armsChanged = false;
        }
        long batch = Math.min(left, untilRefresh);
        visit(day, time, batch);
        left -= batch;
        untilRefresh -= batch;
      }
      feed.advance(day + 1);
    }

    private void look(int day) {
      boolean last = day == schedule.days() - 1;
      watch.look(day + 1, last, situation::standings, truth, regret);
    }

    private void expose(int arm, long units, int day, double time) {
      feed.expose(arm, truth.mean(day, arm), units, time, outcomes[arm]);
    }

    private void visit(int day, double time, long batch) {
      long[] counts = crowd.come(batch, shares, day, time);
      for (int arm = 0; arm < counts.length; arm++) {
        if (counts[arm] > 0) {
          played[arm] += counts[arm];
          double gap = truth.gap(day, arm);
          regret += counts[arm] * gap;
          best += gap == 0 ? counts[arm] : 0;
        }
      }
      situation.proceed(batch);
    }

    private List<Double> dayShares() {
      double total = Arrays.stream(played).sum();
      return Arrays.stream(played).mapToObj(units -> units / total).toList();
    }
  }
}
