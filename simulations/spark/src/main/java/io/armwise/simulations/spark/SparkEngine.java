package io.armwise.simulations.spark;

import io.armwise.simulations.suite.Block;
import io.armwise.simulations.suite.SuiteRun;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Runs what is missing of a suite on a cluster, a task per block. The driver writes each block when
 * it is done, so executors need no common disk and an interrupted run goes on where it stopped. A
 * block depends on the suite's text alone: tasks that fail and run again change no byte.
 */
public final class SparkEngine {
  private final SuiteRun run;
  private final Work work;

  /** What an executor does with a block. */
  interface Work extends Serializable {
    /** The block's results, as text. */
    String simulate(String suite, Block block);
  }

  private record Done(Block block, String results) implements Serializable {}

  /** An engine for a run. */
  public SparkEngine(SuiteRun run) {
    this(run, SuiteRun::simulate);
  }

  SparkEngine(SuiteRun run, Work work) {
    this.run = run;
    this.work = work;
  }

  /**
   * Runs the missing blocks.
   *
   * @param spark where; the caller closes it
   */
  public void run(JavaSparkContext spark) {
    List<Block> missing = run.blocks();
    if (missing.isEmpty()) {
      return;
    }
    Broadcast<String> suite = spark.broadcast(run.suiteText());
    Work task = work;
    JavaRDD<Done> results =
        spark
            .parallelize(missing, missing.size())
            .map(block -> new Done(block, task.simulate(suite.value(), block)));
    // As they come, not all at the end as Spark's Java interface would have it.
    spark
        .sc()
        .runJob(results.rdd(), new Only(), new Keep(run), ClassTag$.MODULE$.apply(Done.class));
  }

  /** The one result of a partition. */
  private static final class Only extends AbstractFunction1<Iterator<Done>, Done>
      implements Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public Done apply(Iterator<Done> partition) {
      return partition.next();
    }
  }

  /** Runs on the driver, one result at a time. */
  private static final class Keep extends AbstractFunction2<Object, Done, BoxedUnit> {
    private final SuiteRun run;

    Keep(SuiteRun run) {
      this.run = run;
    }

    @Override
    public BoxedUnit apply(Object partition, Done done) {
      run.keep(done.block(), done.results());
      return BoxedUnit.UNIT;
    }
  }
}
