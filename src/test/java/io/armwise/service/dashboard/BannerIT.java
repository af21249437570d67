package io.armwise.service.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.armwise.service.experiment.ChangeLock;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.platform.database.Database;
import io.armwise.service.snapshot.AllocationStore;
import io.armwise.service.snapshot.AllocationVersion;
import io.armwise.service.snapshot.AllocationVersion.Reason;
import io.armwise.service.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What an experiment's page says first, in each state of its life. */
class BannerIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(BannerIT.class);
  private static final SeededExperiments EXPERIMENTS = new SeededExperiments(SERVICE.client());

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  private static LiveView view(String key) {
    return SERVICE.context().getBean(LiveViews.class).of(experiment(key));
  }

  private static Experiment experiment(String key) {
    return SERVICE.context().getBean(ExperimentStore.class).find(key).orElseThrow();
  }

  private static void act(String key, String action, Map<String, ?> body) {
    SERVICE.client().post("/v1/experiments/" + key + "/" + action, body).expect(200);
  }

  private static VerdictBanner stopped(String key, int units, int control, int other) {
    EXPERIMENTS.draft(key, key, "Today", "Tomorrow");
    EXPERIMENTS.run(key, units, control, other);
    SERVICE.client().post("/v1/experiments/" + key + "/stop").expect(200);
    return view(key).verdict();
  }

  @Test
  void saysWhichArmIsWaitedForAndWhichHasEnough() {
    EXPERIMENTS.draft("uneven", "Uneven", "Today", "Tomorrow");
    SERVICE.client().post("/v1/experiments/uneven/start").expect(200);
    EXPERIMENTS.send("uneven", 40, 4, 120, 12);
    LiveView view = view("uneven");
    assertThat(view.verdict().headline()).isEqualTo("Not enough units yet: Today has 40 of 100.");
    assertThat(view.verdict().grounds()).startsWith("Numbers appear when every arm has enough.");
    assertThat(view.arms())
        .extracting(ArmRow::needed)
        .containsExactly("collecting: 40 of 100 units", "120\u00a0units, enough");
  }

  /** The mean of the ratio of two equal posteriors of 12 in 120 is 1.07. */
  @Test
  void showsNoRelativeChangeBetweenEqualArms() {
    EXPERIMENTS.draft("equal", "Equal", "Today", "Tomorrow");
    EXPERIMENTS.run("equal", 120, 12, 12);
    ArmRow.Figures figures = Objects.requireNonNull(view("equal").arms().get(1).figures());
    assertThat(figures.relative()).startsWith("0.0\u00a0% (\u2212");
  }

  @Test
  void leadsFromAWinnerToShippingIt() {
    EXPERIMENTS.draft("won", "Won", "Today", "Tomorrow");
    EXPERIMENTS.run("won", 400, 40, 120);
    assertThat(view("won").verdict().headline())
        .isEqualTo("Ship Tomorrow: it is better than every other arm.");
    assertThat(view("won").verdict().grounds())
        .startsWith("Shipping Tomorrow now would cost")
        .contains("However often you look, at most 5.0\u00a0% of experiments");
    assertThat(view("won").verdict().step())
        .isEqualTo(
            new VerdictBanner.Step("Ship Tomorrow", "/experiments/won/do/ship?arm=other", true));
    assertThat(view("won").facts())
        .anySatisfy(
            fact -> {
              assertThat(fact.name()).isEqualTo("Against control");
              assertThat(fact.value()).isEqualTo("+20\u00a0pp");
            });
    act("won", "ship", Map.of("arm", "other", "reason", "Decided"));
    VerdictBanner shipped = view("won").verdict();
    assertThat(shipped.label()).isEqualTo("Shipped");
    assertThat(shipped.headline()).isEqualTo("Tomorrow was shipped: everybody gets it.");
    assertThat(shipped.grounds()).isEqualTo("Tomorrow is better than every other arm.");
    assertThat(shipped.step()).isEqualTo(new VerdictBanner.Step("The flag", "/flags/won", false));
    assertThat(shipped.trust()).startsWith("However often you look, this rule names");
    ObjectNode flag =
        (ObjectNode) SERVICE.client().get("/v1/flags/won").expect(200).json().path("definition");
    SERVICE
        .client()
        .put("/v1/flags/won", flag.put("enabled", false), "If-Match", "\"1\"")
        .expect(200);
    assertThat(view("won").verdict().headline())
        .isEqualTo("An arm was shipped, and its flag has been changed since.");
  }

  @Test
  void offersToKeepTheControlWhereEveryOtherArmIsWorse() {
    EXPERIMENTS.draft("worse", "Worse", "Today", "Tomorrow");
    EXPERIMENTS.run("worse", 400, 120, 40);
    VerdictBanner banner = view("worse").verdict();
    assertThat(banner.headline()).isEqualTo("Stop and keep Today: every other arm is worse.");
    assertThat(banner.advice()).contains("everybody gets the control");
    assertThat(Objects.requireNonNull(banner.step()).label()).isEqualTo("Keep Today");
  }

  @Test
  void tellsNobodyToGoOnWithWhatHasEnded() {
    VerdictBanner undecided = stopped("tie", 120, 12, 13);
    assertThat(undecided.label()).isEqualTo("Undecided");
    assertThat(undecided.headline())
        .isEqualTo("It ended undecided: the arms could not be told apart.");
    assertThat(undecided.grounds())
        .startsWith("Tomorrow has the highest probability to be best, ")
        .contains("choosing it costs");
    assertThat(undecided.step()).isNull();
    VerdictBanner few = stopped("short", 30, 3, 3);
    assertThat(few.label()).isEqualTo("Too few units");
    assertThat(few.headline()).startsWith("It ended before every arm had 100\u00a0units");
    for (VerdictBanner banner : new VerdictBanner[] {undecided, few}) {
      assertThat(banner.headline() + banner.grounds() + banner.advice())
          .doesNotContain("Keep running")
          .doesNotContain("yet")
          .doesNotContain("appear");
    }
  }

  @Test
  void tellsNobodyThatAPausedExperimentRuns() {
    EXPERIMENTS.draft("held", "Held", "Today", "Tomorrow");
    EXPERIMENTS.run("held", 120, 12, 13);
    SERVICE.client().post("/v1/experiments/held/pause").expect(200);
    VerdictBanner paused = view("held").verdict();
    assertThat(paused.label()).isEqualTo("Paused");
    assertThat(paused.headline())
        .isEqualTo("Everybody gets Today, the control, while the experiment is paused.");
    assertThat(paused.grounds()).startsWith("Before that: ");
    assertThat(paused.advice()).startsWith("Resume it to go on.");
    EXPERIMENTS.draft("held-winner", "Held", "Today", "Tomorrow");
    EXPERIMENTS.run("held-winner", 400, 40, 120);
    SERVICE.client().post("/v1/experiments/held-winner/pause").expect(200);
    assertThat(view("held-winner").verdict().label()).isEqualTo("Ready to ship");
  }

  @Test
  void offersToShipTheWinnerOfAnExperimentThatWasStopped() {
    VerdictBanner won = stopped("unshipped", 400, 40, 120);
    assertThat(won.label()).isEqualTo("Winner found");
    assertThat(won.headline()).isEqualTo("Tomorrow is better than every other arm.");
    assertThat(won.step()).isNotNull();
    SERVICE.client().post("/v1/experiments/unshipped/archive").expect(200);
    assertThat(view("unshipped").verdict().step()).isNull();
  }

  /**
   * Of 2,000 versions a chart draws at most 150; the one change among them is marked all the same.
   */
  @Test
  void marksEveryChangeOfTheDefinitionHoweverLongTheCourseIs() {
    EXPERIMENTS.draft("marked", "Marked", "Today", "Tomorrow");
    SERVICE.client().post("/v1/experiments/marked/start").expect(200);
    Experiment experiment = experiment("marked");
    AllocationStore store = SERVICE.context().getBean(AllocationStore.class);
    SERVICE
        .context()
        .getBean(Database.class)
        .transaction(
            transaction -> {
              AllocationVersion first = store.newest(transaction, experiment.id()).orElseThrow();
              for (int more = 1; more < 2_000; more++) {
                store.append(
                    transaction,
                    new AllocationVersion(
                        ChangeLock.nextSequence(transaction),
                        first.experiment(),
                        first.version() + more,
                        first.definitionVersion(),
                        more == 1_234 ? Reason.DEFINITION : Reason.EVIDENCE,
                        first.createdAt().plus(Duration.ofMillis(more)),
                        first.shares(),
                        first.arms(),
                        first.numericalError(),
                        first.positions(),
                        first.exposedBefore()));
              }
            });
    assertThat(view("marked").changes())
        .extracting(tick -> tick.label())
        .containsExactly("version 1235");
  }
}
