package io.armwise.posterior.interleaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.armwise.posterior.Interval;
import io.armwise.posterior.classical.Alternative;
import io.armwise.posterior.classical.Inference;
import io.armwise.posterior.classical.Shortfall;
import io.armwise.posterior.interleaving.TeamDraft.Team;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionPreferencesTest {

  @Test
  void sessionCountsOnceHoweverManyClicksItHas() {
    SessionPreferences preferences =
        new SessionPreferences(0, 0, 0).plus(0, 9).plus(2, 1).plus(3, 3);
    assertThat(preferences).isEqualTo(new SessionPreferences(1, 1, 1));
  }

  /** Eight of eight: 2·2⁻⁸ on two sides, 2⁻⁸ on one. */
  @Test
  void signTestIsExact() {
    SessionPreferences all = new SessionPreferences(0, 8, 5);
    assertThat(all.pValue(Alternative.TWO_SIDED)).isCloseTo(2.0 / 256, offset(1e-15));
    assertThat(all.pValue(Alternative.GREATER)).isCloseTo(1.0 / 256, offset(1e-15));
    assertThat(all.margin()).isEqualTo(Inference.of(8.0 / 26));
  }

  @Test
  void exchangingTheRankingsMirrorsTheAnswer() {
    SessionPreferences there = new SessionPreferences(30, 50, 10);
    SessionPreferences back = new SessionPreferences(50, 30, 10);
    assertThat(back.pValue(Alternative.LESS))
        .isCloseTo(there.pValue(Alternative.GREATER), offset(1e-14));
    assertThat(back.margin().orElseThrow()).isEqualTo(-there.margin().orElseThrow());
  }

  @Test
  void withoutDecidedSessionsNothingIsClaimed() {
    SessionPreferences ties = new SessionPreferences(0, 0, 7);
    assertThat(ties.pValue(Alternative.TWO_SIDED)).isEqualTo(1);
    assertThat(ties.shareOfB(0.95)).isEqualTo(new Interval(0, 1));
    assertThat(new SessionPreferences(0, 0, 0).margin())
        .isEqualTo(Inference.notEnough(Shortfall.TOO_FEW_UNITS));
    assertThatIllegalArgumentException().isThrownBy(() -> new SessionPreferences(-1, 0, 0));
  }

  @Test
  void captainWithoutItemsLeavesThePickToTheOther() {
    TeamDraft<String> draft = TeamDraft.of(List.of("a"), List.of("a", "b", "c"), 5, () -> true);
    assertThat(draft.items()).containsExactly("a", "b", "c");
    assertThat(draft.teams()).containsExactly(Team.A, Team.B, Team.B);
  }
}
