package io.armwise.simulations.suite;

import io.armwise.simulations.trial.Course;
import io.armwise.simulations.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Runs what is missing of a suite, block by block, on a fixed number of threads. Which thread runs
 * a block, and whether another process does, changes nothing about its result.
 */
public final class SuiteRun {
  private final ResultFolder folder;
  private final Suite suite;
  private final Shard shard;

  /**
   * The part of a suite that one process runs.
   *
   * @param index from 1
   * @param count {@code >= index}
   */
  public record Shard(int index, int count) {
    /** All of it. */
    public static final Shard ALL = new Shard(1, 1);

    /**
     * Reads {@code i/n}.
     *
     * @throws IllegalArgumentException if it is not of this form
     */
    public static Shard parse(String text) {
      if (!text.matches("\\d{1,6}/\\d{1,6}")) {
        throw new IllegalArgumentException("a shard must be i/n, such as 1/4, got " + text);
      }
      int slash = text.indexOf('/');
      return new Shard(
          Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    /** Guards both. */
    public Shard {
      if (!(index >= 1 && index <= count)) {
        throw new IllegalArgumentException(
            "shard must be i/n with 1 <= i <= n, got " + index + "/" + count);
      }
    }

    boolean owns(int task) {
      return task % count == index - 1;
    }
  }

  /** A run of a suite into a folder. */
  public SuiteRun(ResultFolder folder, Shard shard) {
    this.folder = folder;
    this.suite = folder.suite().suite();
    this.shard = shard;
  }

  /** Blocks that this run has still to do, in canonical order. */
  public List<Block> blocks() {
    List<Block> missing = new ArrayList<>();
    int task = 0;
    for (Cell cell : suite.cells()) {
      for (int block = 0; block < suite.blocks(); block++) {
        if (shard.owns(task++) && !folder.has(cell.index(), block)) {
          missing.add(new Block(cell.index(), block));
        }
      }
    }
    return missing;
  }

  /** The suite as another process needs it for {@link #simulate}. */
  public String suiteText() {
    return folder.suite().text();
  }

  /**
   * A block's results, which depend on the arguments alone.
   *
   * @param suiteText the whole suite
   * @return their text, for {@link #keep}
   */
  public static String simulate(String suiteText, Block block) {
    return simulate(SuiteFile.parse("suite", suiteText).suite(), block).text();
  }

  /**
   * Takes over a block's results.
   *
   * @param text from {@link #simulate}
   * @throws IllegalArgumentException if it is not whole
   */
  public void keep(Block block, String text) {
    folder.write(block.cell(), block.index(), Part.parse(text));
  }

  /**
   * Runs the missing blocks.
   *
   * @param workers threads, {@code >= 1}
   * @param progress is told, from several threads, how many blocks a step completed
   * @throws InterruptedException if the waiting thread is interrupted; what is done stays done
   */
  public void run(int workers, IntConsumer progress) throws InterruptedException {
    try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
      run(pool, progress);
    }
  }

  /**
   * Runs the missing blocks on threads of somebody else's.
   *
   * @param pool that runs them; not shut down
   * @param progress is told, from several threads, how many blocks a step completed
   * @throws InterruptedException if the waiting thread is interrupted; what is done stays done
   */
  public void run(ExecutorService pool, IntConsumer progress) throws InterruptedException {
    List<Future<?>> running = new ArrayList<>();
    try {
      for (Block block : blocks()) {
        running.add(
            pool.submit(
                () -> {
                  folder.write(block.cell(), block.index(), simulate(suite, block));
                  progress.accept(1);
                }));
      }
      for (Future<?> block : running) {
        block.get();
      }
    } catch (ExecutionException e) {
      throw new SuiteException("a simulation failed: " + e.getCause(), e);
    } finally {
      // Of a failed or interrupted run; those that are done take no notice.
      running.forEach(block -> block.cancel(true));
    }
  }

  private static Part simulate(Suite suite, Block block) {
    Trial trial = new Trial(suite.cells().get(block.cell()).design(), suite.seed());
    long first = (long) block.index() * Suite.BLOCK;
    List<Course> courses = new ArrayList<>();
    for (int i = 0; i < suite.blockSize(block.index()); i++) {
      courses.add(trial.run(first + i));
    }
    return Part.of(first, courses);
  }
}
