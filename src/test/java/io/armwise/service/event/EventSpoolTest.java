package io.armwise.service.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.bandits.assignment.UnitHash;
import io.armwise.service.event.EventSpool.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventSpoolTest {
  private static final long NO_LIMIT = Long.MAX_VALUE;

  @TempDir Path folder;

  private static List<Kept> events(int from, int until) {
    return IntStream.range(from, until)
        .mapToObj(i -> new Kept(UnitHash.of("u" + i), ("{\"id\":\"ü" + i + "\"}").getBytes(UTF_8)))
        .toList();
  }

  private static List<String> taken(EventSpool spool) throws IOException {
    List<String> all = new ArrayList<>();
    while (!spool.isEmpty()) {
      spool.oldest().forEach(kept -> all.add(text(kept)));
      spool.removeOldest();
    }
    return all;
  }

  private static String text(Kept kept) {
    return kept.unit().hex() + new String(kept.event(), UTF_8);
  }

  private static List<String> texts(List<Kept> events) {
    return events.stream().map(EventSpoolTest::text).toList();
  }

  @Test
  void givesBackWhatEarlierProcessesHaveAddedInItsOrder() throws IOException {
    for (int process = 0; process < 3; process++) {
      // Files of 100 bytes: several of a process.
      try (EventSpool spool = EventSpool.open(folder, 100, NO_LIMIT)) {
        for (int i = 0; i < 4; i++) {
          int from = 10 * process + 2 * i;
          assertThat(spool.add(events(from, from + 2))).isTrue();
        }
      }
    }
    EventSpool spool = EventSpool.open(folder, 100, NO_LIMIT);
    List<Kept> added = new ArrayList<>();
    for (int process = 0; process < 3; process++) {
      added.addAll(events(10 * process, 10 * process + 8));
    }
    assertThat(taken(spool)).isEqualTo(texts(added));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void takesWhatComesWhileTheOldestIsOnItsWay() throws IOException {
    EventSpool spool = EventSpool.open(folder, 1 << 20, NO_LIMIT);
    spool.add(events(0, 3));
    assertThat(texts(spool.oldest())).isEqualTo(texts(events(0, 3)));
    spool.add(events(3, 5));
    spool.removeOldest();
    assertThat(taken(spool)).isEqualTo(texts(events(3, 5)));
  }

  @Test
  void passesOverALineThatACrashHasCutOff() throws IOException {
    try (EventSpool spool = EventSpool.open(folder, 1 << 20, NO_LIMIT)) {
      spool.add(events(0, 2));
    }
    Path file;
    try (Stream<Path> files = Files.list(folder)) {
      file = files.findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(file);
    for (int length = whole.length / 2; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      EventSpool spool = EventSpool.open(folder, 1 << 20, NO_LIMIT);
      assertThat(texts(spool.oldest())).isEqualTo(texts(events(0, 1)));
    }
    Files.write(file, new byte[] {'x', '\n'}, StandardOpenOption.TRUNCATE_EXISTING);
    assertThat(EventSpool.open(folder, 1 << 20, NO_LIMIT).oldest()).isEmpty();
  }

  @Test
  void refusesWhatWouldTakeMoreThanItMayHaveAndTakesItWhenThereIsRoom() throws IOException {
    EventSpool spool = EventSpool.open(folder, 1 << 20, 150);
    assertThat(spool.add(events(0, 2))).isTrue();
    long bytes = spool.bytes();
    assertThat(spool.add(events(2, 5))).isFalse();
    assertThat(spool.bytes()).isEqualTo(bytes).isBetween(1L, 150L);
    spool.removeOldest();
    assertThat(spool.add(events(2, 5))).isTrue();
    assertThat(taken(spool)).isEqualTo(texts(events(2, 5)));
  }
}
