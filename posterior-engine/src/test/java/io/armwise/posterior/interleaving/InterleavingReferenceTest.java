package io.armwise.posterior.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.armwise.posterior.classical.ReferenceFile;
import io.armwise.posterior.classical.ReferenceFile.Case;
import io.armwise.posterior.interleaving.TeamDraft.Team;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against an exact enumeration of all coins; probabilities are dyadic, so equality is exact. */
class InterleavingReferenceTest {
  private static final ReferenceFile FILE = ReferenceFile.read("ope/interleaving_exact.json");

  static Stream<Case> drafts() {
    return FILE.ofKind("team-draft");
  }

  @ParameterizedTest
  @MethodSource("drafts")
  void draftsHaveTheirExactProbabilities(Case c) {
    Map<TeamDraft<String>, Double> expected = new HashMap<>();
    for (JsonNode outcome : c.expected().path("outcomes")) {
      List<Team> teams = strings(outcome.path("teams")).stream().map(Team::valueOf).toList();
      expected.merge(
          new TeamDraft<>(strings(outcome.path("list")), teams),
          ReferenceFile.number(outcome.path("probability")),
          Double::sum);
    }
    assertThat(outcomes(c.input())).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("drafts")
  void clicksAreCreditedWithTheirExactProbabilities(Case c) {
    Map<TeamDraft<String>, Double> outcomes = outcomes(c.input());
    c.expected()
        .path("credit_probability_single_click_A_B")
        .properties()
        .forEach(
            entry -> {
              double[] credit = ReferenceFile.numbers(entry.getValue());
              assertThat(credit(outcomes, entry.getKey(), Team.A)).isEqualTo(credit[0]);
              assertThat(credit(outcomes, entry.getKey(), Team.B)).isEqualTo(credit[1]);
            });
  }

  static Stream<Case> balanced() {
    return FILE.ofKind("balanced");
  }

  @ParameterizedTest
  @MethodSource("balanced")
  void balancedListsAgree(Case c) {
    List<String> a = strings(c.input().path("A"));
    List<String> b = strings(c.input().path("B"));
    int length = c.input().path("length").asInt();
    assertThat(BalancedInterleaving.of(a, b, length, true))
        .isEqualTo(strings(c.expected().path("A_first")));
    assertThat(BalancedInterleaving.of(a, b, length, false))
        .isEqualTo(strings(c.expected().path("B_first")));
  }

  @Test
  void everyCaseOfTheFileIsCovered() {
    assertThat(FILE.size()).isEqualTo(14);
    assertThat(FILE.kinds()).containsExactly("team-draft", "balanced");
    assertThat(drafts()).hasSize(7);
    assertThat(balanced()).hasSize(7);
  }

  /** Runs the draft on every sequence of coins; a list needs at most one coin per item. */
  private static Map<TeamDraft<String>, Double> outcomes(JsonNode input) {
    List<String> a = strings(input.path("A"));
    List<String> b = strings(input.path("B"));
    int length = input.path("length").asInt();
    int sequences = 1 << length;
    Map<TeamDraft<String>, Double> outcomes = new HashMap<>();
    for (int bits = 0; bits < sequences; bits++) {
      int coins = bits;
      Iterator<Boolean> next =
          IntStream.range(0, length).mapToObj(i -> (coins >> i & 1) == 1).iterator();
      outcomes.merge(TeamDraft.of(a, b, length, next::next), 1.0 / sequences, Double::sum);
    }
    return outcomes;
  }

  private static double credit(Map<TeamDraft<String>, Double> outcomes, String item, Team team) {
    return outcomes.entrySet().stream()
        .filter(
            e -> {
              int rank = e.getKey().items().indexOf(item);
              return rank >= 0 && e.getKey().teams().get(rank) == team;
            })
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private static List<String> strings(JsonNode array) {
    List<String> values = new ArrayList<>();
    array.forEach(node -> values.add(node.asText()));
    return values;
  }
}
