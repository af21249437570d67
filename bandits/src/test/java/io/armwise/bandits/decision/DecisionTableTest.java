package io.armwise.bandits.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.armwise.bandits.allocation.Shares;
import io.armwise.bandits.assignment.ArmChoice;
import io.armwise.bandits.assignment.Salt;
import io.armwise.bandits.assignment.Slots;
import io.armwise.bandits.assignment.Stage;
import io.armwise.bandits.assignment.UnitHash;
import io.armwise.bandits.experiment.ExperimentStatus;
import io.armwise.bandits.token.DecisionToken;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecisionTableTest {
  private static final List<UnitHash> UNITS =
      IntStream.range(0, 1000).mapToObj(i -> UnitHash.of("unit-" + i)).toList();
  private static final UnitHash UNIT = UnitHash.of("unit-1");
  private static final States EXPERIMENT = States.running("checkout", 0.5, 0.3, 0.2);

  private static DecisionTable table(States... states) {
    return DecisionTable.of(Arrays.stream(states).map(States::plan).toList());
  }

  /** The decision of the last experiment in a table of all. */
  private static Choice choice(Question question, States... states) {
    DecisionTable table = table(states);
    Plan plan = table.find(states[states.length - 1].state().key()).orElseThrow();
    Choice choice = table.decide(plan, question);
    assertThat(table.explain(plan, question).choice()).isEqualTo(choice);
    return choice;
  }

  private static Choice choice(States state) {
    return choice(Question.of(UNIT), state);
  }

  @Test
  void drawsTheArmOfTheFrozenAlgorithm() {
    Shares shares = EXPERIMENT.state().shares();
    ArmChoice frozen = ArmChoice.of(shares, Slots.SLOTS_16, Salt.of(Stage.ARM, "checkout"));
    for (UnitHash unit : UNITS) {
      int arm = frozen.arm(unit);
      assertThat(choice(Question.of(unit), EXPERIMENT))
          .isEqualTo(new Choice(Reason.ALLOCATED, arm, shares.share(arm), 7));
    }
  }

  @Test
  void aPauseIsForEverybody() {
    States paused = EXPERIMENT.override("a2", "unit-1").status(ExperimentStatus.PAUSED);
    assertThat(choice(paused)).isEqualTo(new Choice(Reason.PAUSED, 0, Shares.TOTAL, 7));
  }

  @Test
  void whatDoesNotRunOrIsKilledFallsBack() {
    for (ExperimentStatus status :
        List.of(ExperimentStatus.DRAFT, ExperimentStatus.STOPPED, ExperimentStatus.ARCHIVED)) {
      assertThat(choice(EXPERIMENT.status(status)).reason()).isEqualTo(Reason.FALLBACK);
    }
    assertThat(choice(EXPERIMENT.override("a2", "unit-1").killed()))
        .isEqualTo(new Choice(Reason.FALLBACK, 0, Shares.TOTAL, 7));
  }

  @Test
  void aListedUnitGetsItsArmWhateverTheStagesSay() {
    States hard = EXPERIMENT.holdout("all", 0, 10_000).traffic(0).override("a2", "unit-1");
    assertThat(choice(hard)).isEqualTo(new Choice(Reason.OVERRIDE, 2, Shares.TOTAL, 7));
    assertThat(choice(Question.of(UnitHash.of("unit-2")), hard).reason()).isEqualTo(Reason.HOLDOUT);
    assertThat(hard.state().participation().lists(UNIT)).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EXPERIMENT.override("a9", "unit-1").plan())
        .withMessageContaining("a9");
  }

  @Test
  void outsideTheLayersRangeIsNotInTraffic() {
    assertThat(choice(EXPERIMENT.layer("page", 0, 0)))
        .isEqualTo(new Choice(Reason.NOT_IN_TRAFFIC, 0, Shares.TOTAL, 7));
    assertThat(choice(EXPERIMENT.layer("page", 0, 10_000)).reason()).isEqualTo(Reason.ALLOCATED);
    assertThat(choice(EXPERIMENT.traffic(0)).reason()).isEqualTo(Reason.NOT_IN_TRAFFIC);
  }

  @Test
  void aConditionWithoutAValueIsNotTargeted() {
    States german = EXPERIMENT.targeting("german");
    assertThat(choice(german).reason()).isEqualTo(Reason.NOT_TARGETED);
    assertThat(choice(Question.of(UNIT, Map.of("german", false)), german).reason())
        .isEqualTo(Reason.NOT_TARGETED);
    assertThat(choice(Question.of(UNIT, Map.of("german", true)), german).reason())
        .isEqualTo(Reason.ALLOCATED);
  }

  @Test
  void whoTeachesNothingGetsTheBestArm() {
    Choice best = new Choice(Reason.EXPLOIT, 2, Shares.TOTAL, 7);
    assertThat(choice(new Question(UNIT, Map.of(), null, true), EXPERIMENT)).isEqualTo(best);
    States bots = EXPERIMENT.exploitWhen("bot");
    assertThat(choice(Question.of(UNIT, Map.of("bot", true)), bots)).isEqualTo(best);
    assertThat(choice(bots).reason()).isEqualTo(Reason.ALLOCATED);
    assertThat(choice(new Question(UNIT, Map.of(), null, true), EXPERIMENT.traffic(0)).reason())
        .isEqualTo(Reason.NOT_IN_TRAFFIC);
  }

  @Test
  void theLastDecisionStandsWhileItsArmIsLive() {
    int id = EXPERIMENT.state().id();
    DecisionToken last = new DecisionToken(id, 2, 3, UNIT, 0, 99);
    Question question = Question.of(UNIT);
    assertThat(choice(question.after(last), EXPERIMENT))
        .isEqualTo(new Choice(Reason.STICKY, 2, 99, 3));
    for (DecisionToken void_ :
        List.of(
            new DecisionToken(id + 1, 2, 3, UNIT, 0, 99),
            new DecisionToken(id, 2, 3, UnitHash.of("other"), 0, 99),
            new DecisionToken(id, 2, 3, UNIT, 0, 0),
            new DecisionToken(id, 3, 3, UNIT, 0, 99))) {
      assertThat(choice(question.after(void_), EXPERIMENT).reason()).isEqualTo(Reason.ALLOCATED);
    }
    States retired = States.running("checkout", 0.5, 0.5, 0);
    assertThat(choice(question.after(last), retired).reason()).isEqualTo(Reason.ALLOCATED);
  }

  @Test
  void aPrerequisiteLetsInWhoHasAnArmThatCounts() {
    States first = States.running("first", 0.5, 0.5).traffic(0.5);
    States all = EXPERIMENT.needs("first");
    States treated = EXPERIMENT.needs("first", "a1");
    for (UnitHash unit : UNITS) {
      Choice other = choice(Question.of(unit), first);
      boolean in = other.reason() == Reason.ALLOCATED;
      assertThat(choice(Question.of(unit), first, all).reason())
          .isEqualTo(in ? Reason.ALLOCATED : Reason.NOT_TARGETED);
      assertThat(choice(Question.of(unit), first, treated).reason())
          .isEqualTo(in && other.arm() == 1 ? Reason.ALLOCATED : Reason.NOT_TARGETED);
    }
    assertThat(choice(all).reason()).as("an unknown experiment").isEqualTo(Reason.NOT_TARGETED);
    assertThat(choice(Question.of(UNIT), first.status(ExperimentStatus.PAUSED), all).reason())
        .isEqualTo(Reason.NOT_TARGETED);
  }

  @Test
  void anExclusionHoldsThroughAPause() {
    States first = States.running("first", 0.5, 0.5).traffic(0.5);
    States apart = EXPERIMENT.excludes("first");
    for (UnitHash unit : UNITS) {
      Question question = Question.of(unit);
      boolean in = choice(question, first).reason() == Reason.ALLOCATED;
      Reason expected = in ? Reason.NOT_TARGETED : Reason.ALLOCATED;
      assertThat(choice(question, first, apart).reason()).isEqualTo(expected);
      assertThat(choice(question, first.status(ExperimentStatus.PAUSED), apart).reason())
          .isEqualTo(expected);
    }
    assertThat(choice(Question.of(UNIT), first.status(ExperimentStatus.STOPPED), apart).reason())
        .isEqualTo(Reason.ALLOCATED);
  }

  @Test
  void prerequisitesInACircleEnd() {
    States one = States.running("one", 0.5, 0.5).needs("two");
    States two = States.running("two", 0.5, 0.5).needs("one");
    assertThat(choice(Question.of(UNIT), one, two).reason()).isEqualTo(Reason.NOT_TARGETED);
  }

  @Test
  void someArmsAreDrawnByTheirSharesOfWhatTheyHave() {
    BitSet kept = new BitSet();
    kept.set(1, 3);
    Plan among = EXPERIMENT.plan().among(kept);
    assertThat(among.shares().propensity(1)).isCloseTo(0.6, within());
    assertThat(among.shares().propensity(2)).isCloseTo(0.4, within());
    DecisionTable table = table(EXPERIMENT);
    for (UnitHash unit : UNITS) {
      Choice choice = table.decide(among, Question.of(unit));
      assertThat(choice.arm()).isIn(1, 2);
      assertThat(choice.share()).isEqualTo(among.shares().share(choice.arm()));
    }
    // Who gets nothing drawn gets one of them too.
    Plan paused = EXPERIMENT.status(ExperimentStatus.PAUSED).plan().among(kept);
    assertThat(table.decide(paused, Question.of(UNIT)).arm()).isEqualTo(1);
    Plan listed = EXPERIMENT.override("a0", "unit-1").plan().among(kept);
    assertThat(table.decide(listed, Question.of(UNIT)).reason()).isEqualTo(Reason.ALLOCATED);
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-9);
  }

  @Test
  void armsWithoutAShareFallBack() {
    States fixed = States.running("fixed", 0.5, 0.5, 0, 0);
    BitSet kept = new BitSet();
    kept.set(2, 4);
    assertThat(table(fixed).decide(fixed.plan().among(kept), Question.of(UNIT)))
        .isEqualTo(new Choice(Reason.FALLBACK, 2, Shares.TOTAL, 7));
    assertThatIllegalArgumentException().isThrownBy(() -> fixed.plan().among(new BitSet()));
    BitSet unknown = new BitSet();
    unknown.set(4);
    assertThatIllegalArgumentException().isThrownBy(() -> fixed.plan().among(unknown));
  }

  @Test
  void aListHasDistinctArmsWithTheirConditionalShares() {
    DecisionTable table = table(EXPERIMENT);
    Plan plan = EXPERIMENT.plan();
    for (UnitHash unit : UNITS) {
      Question question = Question.of(unit);
      List<Choice> ranked = table.rank(plan, question, 5);
      assertThat(ranked.getFirst()).isEqualTo(table.decide(plan, question));
      assertThat(ranked).extracting(Choice::arm).containsExactlyInAnyOrder(0, 1, 2);
      double first = plan.shares().propensity(ranked.getFirst().arm());
      double second = plan.shares().propensity(ranked.get(1).arm());
      assertThat(ranked.get(1).propensity()).isCloseTo(second / (1 - first), within());
      assertThat(ranked.get(2).propensity()).isEqualTo(1);
      assertThat(table.rank(plan, question, 2)).isEqualTo(ranked.subList(0, 2));
    }
    assertThat(table.rank(EXPERIMENT.traffic(0).plan(), Question.of(UNIT), 3)).hasSize(1);
  }

  @Test
  void anArmWithTheSmallestShareIsRankedToo() {
    long[] shares = {Shares.TOTAL - 1, 1};
    ArmChoice choice =
        ArmChoice.of(Shares.of(shares), Slots.SLOTS_16, Salt.of(Stage.ARM, "checkout"));
    assertThat(choice.ranking(UNIT, 2)).containsExactly(0, 1);
  }

  @Test
  void explainsEveryStageItPassed() {
    States full =
        EXPERIMENT
            .holdout("2026", 0, 0)
            .layer("page", 0, 10_000)
            .targeting("german")
            .exploitWhen("bot");
    DecisionTable table = table(full);
    Plan plan = full.plan();
    Explanation explanation =
        table.explain(plan, Question.of(UNIT, Map.of("german", true, "bot", false)));
    assertThat(explanation.steps())
        .extracting(step -> step.getClass().getSimpleName())
        .containsExactly(
            "Lifecycle",
            "Listed",
            "HeldOut",
            "InLayer",
            "Targeted",
            "Traffic",
            "Exploited",
            "Drawn");
    Step.Drawn drawn = (Step.Drawn) explanation.steps().getLast();
    assertThat(drawn.draw().arm()).isEqualTo(explanation.choice().arm());
    assertThat(drawn.draw().threshold()).isLessThan(drawn.share());
    assertThat(drawn.draw().value() >>> 60).isEqualTo(drawn.draw().arm());
    Explanation untold = table.explain(plan, Question.of(UNIT));
    assertThat(untold.steps().getLast())
        .isEqualTo(new Step.Targeted("german", Targeting.Match.FAILED, "no attribute german"));
  }

  @Test
  void equalKeysAndSoEqualSaltsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table(EXPERIMENT, EXPERIMENT))
        .withMessageContaining("checkout");
  }
}
