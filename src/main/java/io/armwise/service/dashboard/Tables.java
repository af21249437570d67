package io.armwise.service.dashboard;

import io.armwise.service.evidence.EvidenceStore;
import io.armwise.service.experiment.AuditTrail;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.platform.database.Database;
import io.armwise.service.snapshot.AllocationStore;
import io.armwise.service.snapshot.AllocationVersion;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.IntStream;

/** Reads the tables that people take away. Thread-safe. */
@Singleton
final class Tables {
  /** A file of more rows serves nobody; the API has all of them. */
  private static final int MOST_VERSIONS = 5_000;

  private final Database database;
  private final AllocationStore allocations;
  private final EvidenceStore evidence;
  private final AuditTrail audit;

  Tables(Database database, AllocationStore allocations, EvidenceStore evidence, AuditTrail audit) {
    this.database = database;
    this.allocations = allocations;
    this.evidence = evidence;
    this.audit = audit;
  }

  List<AllocationVersion> course(Experiment experiment) {
    return allocations.course(database.dsl(), experiment.id(), MOST_VERSIONS);
  }

  List<EvidenceStore.DaySums> days(Experiment experiment) {
    return evidence.days(
        database.dsl(),
        experiment.id(),
        experiment.definition().metric().key(),
        IntStream.range(0, experiment.definition().arms().size()).boxed().toList());
  }

  List<AuditTrail.Entry> audit(Experiment experiment) {
    return audit.of(experiment.key());
  }
}
