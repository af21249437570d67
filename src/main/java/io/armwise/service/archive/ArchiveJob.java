package io.armwise.service.archive;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives the log in the background where a folder for it is configured: files as they fill, and
 * the rest once a day, so that files are few and what is in none is never old. Thread-safe.
 */
@Singleton
@Requires(property = "armwise.log.archive")
@Requires(property = "armwise.log.archive-job", notEquals = "false", defaultValue = "true")
public final class ArchiveJob {
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveJob.class);
  private static final long FULL = 1_000_000;

  private final Archiver archiver;
  private final Path folder;
  private final Duration longest;
  private final Clock clock;
  private final AtomicLong behind;
  private Instant all = Instant.EPOCH;

  ArchiveJob(
      Archiver archiver,
      @Property(name = "armwise.log.archive") String folder,
      @Property(name = "armwise.log.archive-all-every", defaultValue = "PT24H") Duration longest,
      MeterRegistry meters,
      Clock clock) {
    this.archiver = archiver;
    this.folder = Path.of(folder);
    this.longest = longest;
    this.clock = clock;
    this.behind = meters.gauge("armwise.log.unarchived", new AtomicLong());
  }

  /** Where the archive is. */
  public Path folder() {
    return folder;
  }

  @Scheduled(fixedDelay = "${armwise.log.archive-every:10m}", initialDelay = "1m")
  void tick() {
    try {
      Instant now = clock.instant();
      boolean due = !now.isBefore(all.plus(longest));
      if (archiver.archive(
              folder, due ? 1 : FULL, segment -> LOG.info("Archived {}", segment.file()))
          && due) {
        all = now;
      }
      behind.set(archiver.state(folder).behind());
    } catch (ArchiveException | KafkaException | DataAccessException e) {
      LOG.error("The log is not archived for now: {}", e.getMessage());
    }
  }
}
