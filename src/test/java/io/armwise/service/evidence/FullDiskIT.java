package io.armwise.service.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.armwise.posterior.ExactSums;
import io.armwise.service.evidence.EvidenceStore.ArmSums;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.platform.database.Database;
import io.armwise.service.rebuild.Rebuild;
import io.armwise.service.rebuild.RebuildReport;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.ServiceUnderTest;
import io.armwise.service.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;

/**
 * The volume of the database's tables runs full in the middle of a backlog, and has room again
 * later. Needs the right to mount a small volume; is skipped where the host refuses it.
 */
class FullDiskIT {
  private static final Logger LOG = Logger.getLogger(FullDiskIT.class.getName());
  private static final int UNITS = 20_000;

  @Test
  void countsEachEventOnceWhenTheDatabasesDiskHasBeenFull() throws Exception {
    Path volume = ServiceUnderTest.newFolder(FullDiskIT.class).toAbsolutePath();
    assumeTrue(
        succeeds("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", volume.toString()),
        "this host lets nobody mount a volume, so none can run full");
    try {
      TestServers.Place place = TestServers.newPlace(FullDiskIT.class, volume);
      try (ServiceUnderTest service = ServiceUnderTest.start(FullDiskIT.class, place, Map.of())) {
        fillAndEmpty(service, volume);
      } finally {
        TestServers.drop(place);
      }
    } finally {
      assertThat(succeeds("umount", volume.toString())).as("the volume is let go").isTrue();
    }
  }

  private static void fillAndEmpty(ServiceUnderTest service, Path volume) throws IOException {
    EventMaps.start(
        service.client(),
        EventMaps.experiment(
            "full",
            "user",
            EventMaps.metric("full", "continuous"),
            Map.of("attributionWindow", Backlog.WINDOW.toString())));
    Path ballast = volume.resolve("ballast");
    Files.write(ballast, new byte[(int) (Files.getFileStore(volume).getUsableSpace() - 500_000)]);
    Backlog backlog = Backlog.of("full", UNITS, 8);
    backlog.send(service.place().bootstrapServers(), service.topic());

    Await.until(() -> fails(service), failing -> failing);
    long read = read(service);
    assertThat(read).as("read while the disk is full").isLessThan(backlog.records().size());
    // Decisions and the intake do not need the disk.
    service
        .client()
        .post("/v1/decisions", Map.of("experiment", "full", "unit", "somebody"))
        .expect(200);
    LOG.info(() -> "full after " + read + " of " + backlog.records().size() + " records");
    LockSupport.parkNanos(1_000_000_000L);
    assertThat(read(service)).isLessThan(backlog.records().size());

    Files.delete(ballast);
    Await.until(() -> read(service), all -> all == backlog.records().size());
    requireEachCountedOnce(service, backlog);
  }

  /** Whether there is no room for another row. */
  private static boolean fails(ServiceUnderTest service) {
    try {
      service
          .context()
          .getBean(Database.class)
          .transaction(
              transaction -> {
                transaction.execute("create table room (bytes bytea)");
                transaction.execute("alter table room alter column bytes set storage external");
                transaction.execute("insert into room select repeat('x', 300000)::bytea");
                throw new Rollback();
              });
      return false;
    } catch (Rollback e) {
      return false;
    } catch (DataAccessException e) {
      return "53100".equals(e.sqlState());
    }
  }

  private static final class Rollback extends RuntimeException {}

  private static long read(ServiceUnderTest service) {
    return service
        .context()
        .getBean(EvidenceStore.class)
        .positions(service.context().getBean(Database.class).dsl())
        .values()
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static void requireEachCountedOnce(ServiceUnderTest service, Backlog backlog) {
    int id = service.context().getBean(ExperimentStore.class).find("full").orElseThrow().id();
    List<ExactSums> sums =
        service
            .context()
            .getBean(EvidenceStore.class)
            .sums(service.context().getBean(Database.class).dsl(), id, "full", 2, Integer.MAX_VALUE)
            .stream()
            .map(ArmSums::total)
            .toList();
    for (int arm = 0; arm < 2; arm++) {
      assertThat(sums.get(arm).count()).isEqualTo(backlog.sums().get(arm).count());
      assertThat(sums.get(arm).sum()).isEqualByComparingTo(backlog.sums().get(arm).sum());
      assertThat(sums.get(arm).sumOfSquares())
          .isEqualByComparingTo(backlog.sums().get(arm).sumOfSquares());
    }
    RebuildReport report =
        service.context().getBean(Rebuild.class).run(new Rebuild.Request(null, 10), Rebuild.QUIET);
    assertThat(report.isEqual()).as("%s", report).isTrue();
  }

  private static boolean succeeds(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false; // no such program here
    }
  }
}
