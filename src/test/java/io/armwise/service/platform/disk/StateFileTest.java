package io.armwise.service.platform.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.armwise.service.platform.disk.StateFile.Kind;
import io.armwise.service.platform.disk.StateFile.Reading;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
  private static final UUID EPOCH = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final UUID OTHER = UUID.fromString("00000000-0000-4000-8000-000000000002");
  private static final byte[] BODY = "{\"a\":1}".getBytes(UTF_8);

  @TempDir Path folder;

  @Test
  void readsWhatWasWrittenLast() throws IOException {
    StateFile file = new StateFile(folder, Kind.SNAPSHOT);
    assertThat(file.read()).isInstanceOf(Reading.Absent.class);
    file.write(OTHER, 1, new byte[0]);
    file.write(EPOCH, 17, BODY);
    assertThat(file.read())
        .isInstanceOfSatisfying(
            Reading.Whole.class,
            whole -> {
              assertThat(whole.epoch()).isEqualTo(EPOCH);
              assertThat(whole.version()).isEqualTo(17);
              assertThat(whole.body()).isEqualTo(BODY);
            });
  }

  @Test
  void isReadableByItsOwnerAlone() throws IOException {
    StateFile file = new StateFile(folder, Kind.SIGNING_KEYS);
    file.write(EPOCH, 1, BODY);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    StateFile file = new StateFile(folder, Kind.SNAPSHOT);
    file.write(EPOCH, 17, BODY);
    byte[] whole = Files.readAllBytes(file.path());
    for (int length = 0; length < whole.length; length++) {
      Files.write(file.path(), Arrays.copyOf(whole, length));
      assertThat(file.read()).as("cut at %d", length).isInstanceOf(Reading.Damaged.class);
    }
  }

  @Test
  void refusesEveryFlippedBit() throws IOException {
    StateFile file = new StateFile(folder, Kind.SNAPSHOT);
    file.write(EPOCH, 17, BODY);
    byte[] whole = Files.readAllBytes(file.path());
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file.path(), flipped);
      assertThat(file.read()).as("bit %d", bit).isInstanceOf(Reading.Damaged.class);
    }
  }

  @Test
  void refusesAFileOfAnotherKind() throws IOException {
    StateFile keys = new StateFile(folder, Kind.API_KEYS);
    keys.write(EPOCH, 17, BODY);
    StateFile snapshot = new StateFile(folder, Kind.SNAPSHOT);
    Files.move(keys.path(), snapshot.path());
    assertThat(snapshot.read()).isInstanceOf(Reading.Damaged.class);
  }

  @Test
  void leavesTheOldFileWhereAWriterDiedInTheMiddle() throws IOException {
    StateFile file = new StateFile(folder, Kind.SNAPSHOT);
    file.write(EPOCH, 17, BODY);
    Files.writeString(folder.resolve("snapshot.state.new"), "armwise snap");
    assertThat(file.read()).isInstanceOf(Reading.Whole.class);
    file.write(EPOCH, 18, BODY);
    assertThat(((Reading.Whole) file.read()).version()).isEqualTo(18);
  }

  @Test
  void startsANodeOnlyFromAllFilesOfOneEpoch() {
    NodeState state = new NodeState(folder.toString(), new SimpleMeterRegistry());
    assertThat(unusable(state)).contains("there is no");
    state.save(Kind.SNAPSHOT, EPOCH, 1, BODY);
    state.save(Kind.API_KEYS, EPOCH, 1, BODY);
    assertThat(unusable(state)).contains("signing-keys.state");
    state.save(Kind.SIGNING_KEYS, OTHER, 1, BODY);
    assertThat(unusable(state)).contains("is of epoch " + OTHER);
    state.save(Kind.SIGNING_KEYS, EPOCH, 1, BODY);
    assertThat(state.readiness()).isEqualTo(new NodeState.Readiness.Ready(EPOCH));
    assertThat(state.load(Kind.SNAPSHOT, EPOCH)).isPresent();
    assertThat(state.load(Kind.SNAPSHOT, OTHER)).isEmpty();
  }

  @Test
  void losesNothingButItselfWhenTheDiskFails() {
    NodeState state = new NodeState(folder.resolve("gone").toString(), new SimpleMeterRegistry());
    assertThat(state.save(Kind.SNAPSHOT, EPOCH, 1, BODY)).isFalse();
  }

  private static String unusable(NodeState state) {
    return ((NodeState.Readiness.Unusable) state.readiness()).reason();
  }
}
