package io.armwise.service.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListQueryTest {
  @Test
  void takesTheDefaultForAnythingUnknown() {
    assertThat(ListQuery.of(null, null, null, null))
        .isEqualTo(new ListQuery("", "active", "newest", 1));
    assertThat(ListQuery.of("  x ", "nonsense", "sideways", -3))
        .isEqualTo(new ListQuery("x", "active", "newest", 1));
    assertThat(ListQuery.of("a".repeat(999), "draft", "name", 2).text()).hasSize(200);
  }

  @Test
  void keepsTheQuestionInTheAddressOfAnotherPage() {
    assertThat(ListQuery.of("a&b=c d", "running", "name", 1).address(2))
        .isEqualTo("/?q=a%26b%3Dc+d&status=running&order=name&page=2");
  }
}
