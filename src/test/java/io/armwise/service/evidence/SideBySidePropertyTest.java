package io.armwise.service.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SideBySidePropertyTest {
  /** A narrow range, so that most keys are in both runs. */
  @Property(tries = 300)
  void meetsEachKeyOnceInOrderAndOnTheSidesThatHaveIt(
      @ForAll Set<@IntRange(max = 40) Integer> live,
      @ForAll Set<@IntRange(max = 40) Integer> rebuilt) {
    List<Integer> met = new ArrayList<>();
    SideBySide.walk(
        new TreeSet<>(live).iterator(),
        new TreeSet<>(rebuilt).iterator(),
        Comparator.naturalOrder(),
        (there, here) -> {
          Integer key = there == null ? here : there;
          met.add(key);
          assertThat(there != null).as("%s is live", key).isEqualTo(live.contains(key));
          assertThat(here != null).as("%s is rebuilt", key).isEqualTo(rebuilt.contains(key));
        });
    Set<Integer> all = new HashSet<>(live);
    all.addAll(rebuilt);
    assertThat(met).isEqualTo(List.copyOf(new TreeSet<>(all)));
  }

  /** Java's own order takes the first bit for a sign. */
  @Example
  void sortsIdsByTheirBytesAsTheDatabaseDoes() {
    UUID low = UUID.fromString("7fffffff-ffff-ffff-ffff-ffffffffffff");
    UUID middle = UUID.fromString("80000000-0000-0000-0000-000000000000");
    UUID high = UUID.fromString("80000000-0000-0000-8000-000000000000");
    assertThat(List.of(high, middle, low).stream().sorted(SideBySide.UUID_ORDER))
        .containsExactly(low, middle, high);
  }
}
