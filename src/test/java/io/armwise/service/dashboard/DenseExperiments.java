package io.armwise.service.dashboard;

import io.armwise.bandits.allocation.Shares;
import io.armwise.service.experiment.ChangeLock;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.platform.database.Database;
import io.armwise.service.snapshot.AllocationStore;
import io.armwise.service.snapshot.AllocationVersion;
import io.armwise.service.snapshot.AllocationVersion.ArmFigures;
import io.armwise.service.testing.ServiceUnderTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jooq.DSLContext;

/** Many experiments with weeks of evidence, written straight into the service's database. */
final class DenseExperiments {
  /** The key of the one with many arms and days. */
  static final String BIG = "experiment-0";

  /** Days of all others. */
  private static final int DAYS = 14;

  private final ServiceUnderTest service;

  DenseExperiments(ServiceUnderTest service) {
    this.service = service;
  }

  /**
   * Creates and starts experiments.
   *
   * @param count of experiments, keyed {@code experiment-0} and so on
   * @param arms of the first; the others have two to four
   * @param days of the first
   */
  void seed(int count, int arms, int days) {
    for (int i = 0; i < count; i++) {
      create(i, i == 0 ? arms : 2 + i % 3);
    }
    Database database = service.context().getBean(Database.class);
    ExperimentStore experiments = service.context().getBean(ExperimentStore.class);
    database.transaction(transaction -> evidence(transaction, days));
    for (int i = 0; i < Math.min(count, 5); i++) {
      Experiment experiment = experiments.find("experiment-" + i).orElseThrow();
      int length = i == 0 ? days : DAYS;
      database.transaction(transaction -> course(transaction, experiment, length));
    }
    database.dsl().execute("analyze");
  }

  private void create(int index, int arms) {
    service
        .client()
        .post(
            "/v1/experiments",
            Map.of(
                "key",
                "experiment-" + index,
                "name",
                "Experiment number " + index,
                "hypothesis",
                "What is new does better.",
                "arms",
                IntStream.range(0, arms)
                    .mapToObj(
                        arm -> Map.of("key", "arm-" + arm, "name", "Arm " + arm, "payload", arm))
                    .toList(),
                "metric",
                Map.of("key", "bought-" + index, "kind", "binary"),
                "allocation",
                Map.of("policy", index % 4 == 0 ? "top-two-thompson" : "thompson")))
        .expect(201);
    service.client().post("/v1/experiments/experiment-" + index + "/start").expect(200);
  }

  /** Evidence of every hour; that of the first is spread over six partitions. */
  private static void evidence(DSLContext transaction, int days) {
    transaction.execute(
        """
        update experiment
           set started_at = now() - make_interval(days => case when key = ? then ? else ? end)
        """,
        BIG,
        days,
        DAYS);
    transaction.execute(
        """
        insert into evidence (experiment_id, arm, metric, exposure_hour, partition, units,
            responders, switched, sum, sum_of_squares, weight, weighted_sum, weighted_sum_squares)
        select experiment_id, arm, 'bought-' || replace(key, 'experiment-', ''),
               (extract(epoch from now()) / 3600)::integer - hour, partition, 20, hits, 0, hits,
               hits, 20::numeric * 1048576, hits::numeric * 1048576, hits::numeric * 1048576
          from experiment,
               lateral generate_series(0, jsonb_array_length(definition -> 'arms') - 1) arm,
               lateral generate_series(1, 24 * case when key = ? then ? else ? end) hour,
               lateral generate_series(0, case when key = ? then 5 else 0 end) partition,
               lateral (select (hashint8(arm * 1000003 + hour * 7 + partition) & 3)
                               + (case when hour % 9 < arm % 3 then 1 else 0 end) as hits) drawn
        """,
        BIG, days, DAYS, BIG);
  }

  /** An allocation version of every hour, with figures that wander. */
  private void course(DSLContext transaction, Experiment experiment, int days) {
    AllocationStore store = service.context().getBean(AllocationStore.class);
    AllocationVersion newest = store.newest(transaction, experiment.id()).orElseThrow();
    int count = experiment.definition().arms().size();
    Random random = new Random(1);
    double[] weights = new double[count];
    Arrays.fill(weights, 1);
    Instant start = Instant.now().minus(Duration.ofDays(days));
    transaction.execute(
        "update allocation_version set created_at = now() - make_interval(days => ?)"
            + " where experiment_id = ?",
        days,
        experiment.id());
    for (int hour = 1; hour < 24 * days; hour++) {
      double sum = 0;
      for (int arm = 0; arm < count; arm++) {
        weights[arm] *= Math.exp(0.1 * random.nextGaussian());
        sum += weights[arm];
      }
      double[] best = new double[newest.shares().toArray().length];
      List<ArmFigures> arms = new ArrayList<>();
      for (int arm = 0; arm < count; arm++) {
        best[arm] = weights[arm] / sum;
        double mean = 0.08 + 0.02 * best[arm];
        BigDecimal responders = BigDecimal.valueOf(Math.round(mean * 20 * hour));
        arms.add(
            new ArmFigures(
                20L * hour, responders, responders, mean, best[arm], 0.01 * (1 - best[arm])));
      }
      store.append(
          transaction,
          new AllocationVersion(
              ChangeLock.nextSequence(transaction),
              experiment.id(),
              newest.version() + hour,
              newest.definitionVersion(),
              AllocationVersion.Reason.EVIDENCE,
              start.plus(Duration.ofHours(hour)),
              Shares.ofProbabilities(best),
              arms,
              1e-9,
              newest.positions(),
              AllocationVersion.FROM_ALL));
    }
  }
}
