package io.armwise.service.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocationSpreadTest {
  @ParameterizedTest
  @CsvSource({"1,150", "149,150", "150,150", "151,150", "26000,150", "1000000,2"})
  void spreadsEvenlyFromTheFirstToTheLast(long last, int points) {
    List<Long> numbers = AllocationStore.spread(last, points);
    assertThat(numbers).hasSize((int) Math.min(last, points)).isSorted().doesNotHaveDuplicates();
    assertThat(numbers.getFirst()).isEqualTo(1);
    assertThat(numbers.getLast()).isEqualTo(last);
    for (int i = 1; i < numbers.size(); i++) {
      assertThat(numbers.get(i) - numbers.get(i - 1))
          .isBetween((last - 1) / points, (last - 1) / Math.max(1, points - 1) + 1);
    }
  }
}
