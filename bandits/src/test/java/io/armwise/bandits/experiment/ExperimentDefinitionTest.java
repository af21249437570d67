package io.armwise.bandits.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.bandits.allocation.AllocationConstraints;
import io.armwise.bandits.allocation.AllocationRule;
import io.armwise.bandits.allocation.FixedSplit;
import io.armwise.bandits.allocation.Thompson;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentDefinitionTest {
  private final ExperimentDefinition two = Definitions.binary("a", "b");

  @Test
  void acceptsAPlainExperiment() {
    assertThat(two.violations()).isEmpty();
    assertThat(two.controlIndex()).isZero();
    assertThat(two.armIndex("b")).contains(1);
    assertThat(two.armIndex("c")).isEmpty();
  }

  @Test
  void reportsEveryBrokenRuleAtOnce() {
    ExperimentDefinition broken =
        Definitions.withArms(
            two,
            List.of(new Arm("a", "a", "{}", false, false), new Arm("a", "a", "{}", false, true)));
    assertThat(broken.violations())
        .extracting(Violation::field)
        .containsExactlyInAnyOrder("arms[1].key", "arms", "arms");
  }

  @Test
  void wantsExactlyOneControlThatStays() {
    Arm control = new Arm("a", "a", "{}", true, false);
    Arm other = new Arm("b", "b", "{}", true, false);
    assertThat(Definitions.withArms(two, List.of(control, other)).violations())
        .extracting(Violation::rule)
        .containsExactly("must have exactly one control arm");
    Arm third = new Arm("c", "c", "{}", false, false);
    Arm fourth = new Arm("d", "d", "{}", false, false);
    assertThat(Definitions.withArms(two, List.of(control.retire(), third, fourth)).violations())
        .extracting(Violation::rule)
        .containsExactly("must keep the control arm");
  }

  @Test
  void refusesMoreArmsThanSlots() {
    String[] keys = new String[17];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = "arm" + i;
    }
    assertThat(Definitions.binary(keys).violations())
        .extracting(Violation::rule)
        .containsExactly("must fit into 16 slots");
  }

  @Test
  void refusesFloorsThatDoNotFit() {
    AllocationRule greedyFloor =
        new AllocationRule(new Thompson(), AllocationConstraints.NONE.withFloor(0.6));
    assertThat(Definitions.withAllocation(two, greedyFloor).violations())
        .extracting(Violation::field)
        .containsExactly("allocation");
  }

  @Test
  void wantsAWeightPerArmOfAFixedSplit() {
    AllocationRule split = new AllocationRule(FixedSplit.equal(3), AllocationConstraints.NONE);
    assertThat(Definitions.withAllocation(two, split).violations())
        .extracting(Violation::field)
        .containsExactly("allocation.weights");
  }

  @Test
  void letsARunningExperimentGainAndRetireArms() {
    List<Arm> more = new ArrayList<>(two.arms());
    more.set(1, more.get(1).retire());
    more.add(new Arm("c", "c", "{}", false, false));
    assertThat(two.violationsOfChangeTo(Definitions.withArms(two, more))).isEmpty();
  }

  @Test
  void keepsARunningExperimentsPastMeaningful() {
    List<Arm> swapped = List.of(two.arms().get(1), two.arms().get(0));
    assertThat(two.violationsOfChangeTo(Definitions.withArms(two, swapped)))
        .extracting(Violation::field)
        .contains("arms[0].key", "arms[1].key");
    List<Arm> paid = List.of(two.arms().get(0), new Arm("b", "b", "{\"price\":1}", false, false));
    assertThat(two.violationsOfChangeTo(Definitions.withArms(two, paid)))
        .extracting(Violation::field)
        .containsExactly("arms[1].payload");
    assertThat(two.violationsOfChangeTo(Definitions.withArms(two, two.arms().subList(0, 1))))
        .extracting(Violation::rule)
        .containsExactly("can be retired but not removed");
    ExperimentDefinition retired =
        Definitions.withArms(two, List.of(two.arms().get(0), two.arms().get(1).retire()));
    assertThat(retired.violationsOfChangeTo(two))
        .extracting(Violation::field)
        .containsExactly("arms[1].retired");
  }

  @Test
  void letsTrafficOnlyGrow() {
    ExperimentDefinition half = Definitions.withTraffic(two, 0.5);
    assertThat(half.violationsOfChangeTo(two)).isEmpty();
    assertThat(two.violationsOfChangeTo(half))
        .extracting(Violation::field)
        .containsExactly("trafficShare");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "A-b_c.9", "0"})
  void acceptsSafeKeys(String key) {
    assertThat(Key.isValid(key)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a b", "ä", "a/b", "a\n", "<b>"})
  void refusesKeysThatNeedEscaping(String key) {
    assertThat(Key.isValid(key)).isFalse();
  }

  @Test
  void refusesKeysThatAreTooLong() {
    assertThat(Key.isValid("a".repeat(128))).isTrue();
    assertThat(Key.isValid("a".repeat(129))).isFalse();
  }
}
