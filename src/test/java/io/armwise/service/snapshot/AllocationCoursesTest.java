package io.armwise.service.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocationCoursesTest {
  @ParameterizedTest
  @CsvSource({"1,150", "2,150", "149,150", "150,150", "151,150", "2160,150", "26000,150", "9,3"})
  void takesEnoughVersionsFromTheFirstToTheLast(long last, int points) {
    List<Long> numbers = List.copyOf(AllocationCourses.numbers(last, points));
    assertThat(numbers).hasSizeLessThanOrEqualTo(points);
    assertThat(numbers.size()).isGreaterThanOrEqualTo((int) Math.min(last, points / 2));
    assertThat(numbers.getFirst()).isEqualTo(1);
    assertThat(numbers.getLast()).isEqualTo(last);
  }

  @Test
  void goesThroughTheSameVersionsAsTheCourseGrows() {
    for (long last = 2; last < 5_000; last++) {
      List<Long> before = new ArrayList<>(AllocationCourses.numbers(last, 150));
      before.removeLast();
      List<Long> after = List.copyOf(AllocationCourses.numbers(last + 1, 150));
      // Either nothing is left out, or every second one is.
      assertThat(before.size() - before.stream().filter(after::contains).count())
          .isIn(0L, (long) before.size() / 2);
    }
  }
}
