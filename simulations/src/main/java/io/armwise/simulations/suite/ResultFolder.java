package io.armwise.simulations.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A folder of results: {@code suite.json}, what was asked; {@code parts/}, what is done, a file per
 * block. A part appears whole or not at all, whatever kills the process.
 */
public final class ResultFolder {
  private final Path folder;
  private final SuiteFile suite;

  private ResultFolder(Path folder, SuiteFile suite) {
    this.folder = folder;
    this.suite = suite;
  }

  /**
   * The folder for a run.
   *
   * @param folder is created if missing
   * @param suite to run
   * @param resume whether results of the same suite may be there
   * @throws SuiteException if there are results, and of another suite or not to be resumed
   */
  public static ResultFolder prepare(Path folder, SuiteFile suite, boolean resume) {
    Path text = folder.resolve("suite.json");
    try {
      Files.createDirectories(folder.resolve("parts"));
      if (Files.exists(text)) {
        if (!SuiteFile.parse(text.toString(), Files.readString(text)).hash().equals(suite.hash())) {
          throw new SuiteException(
              folder + " has results of another suite or seed; give another folder");
        }
        if (!resume) {
          throw new SuiteException(folder + " has results already; add --resume to go on");
        }
      }
      ResultFolder results = new ResultFolder(folder, suite);
      results.write("suite.json", suite.text());
      return results;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A folder that has results.
   *
   * @throws SuiteException if it has none
   */
  public static ResultFolder open(Path folder) {
    Path text = folder.resolve("suite.json");
    try {
      return new ResultFolder(folder, SuiteFile.parse(text.toString(), Files.readString(text)));
    } catch (IOException e) {
      throw new SuiteException(folder + " is no folder of results: " + e.getMessage(), e);
    }
  }

  /** What was asked. */
  public SuiteFile suite() {
    return suite;
  }

  /** The folder. */
  public Path path() {
    return folder;
  }

  /** Whether a block is done. */
  boolean has(int cell, int block) {
    return Files.exists(part(cell, block));
  }

  void write(int cell, int block, Part part) {
    write("parts/" + part(cell, block).getFileName(), part.text());
  }

  /**
   * A block's results.
   *
   * @throws SuiteException if they are missing or damaged
   */
  Part read(int cell, int block) {
    Path file = part(cell, block);
    try {
      return Part.parse(Files.readString(file));
    } catch (IOException | IllegalArgumentException e) {
      throw new SuiteException(file + " is missing or damaged: " + e.getMessage(), e);
    }
  }

  /** Blocks that are done. */
  public long done() {
    long done = 0;
    for (Cell cell : suite.suite().cells()) {
      for (int block = 0; block < suite.suite().blocks(); block++) {
        done += has(cell.index(), block) ? 1 : 0;
      }
    }
    return done;
  }

  /** Whether all blocks are done. */
  public boolean isComplete() {
    return done() == (long) suite.suite().cells().size() * suite.suite().blocks();
  }

  /**
   * Takes over the parts of another folder.
   *
   * @throws SuiteException if it is of another suite or seed
   */
  public void adopt(ResultFolder other) {
    if (!other.suite.hash().equals(suite.hash())) {
      throw new SuiteException(other.folder + " has results of another suite or seed");
    }
    for (Cell cell : suite.suite().cells()) {
      for (int block = 0; block < suite.suite().blocks(); block++) {
        if (!has(cell.index(), block) && other.has(cell.index(), block)) {
          write(cell.index(), block, other.read(cell.index(), block));
        }
      }
    }
  }

  /** Writes a file at once: to a neighbour, to the disk, then under its name. */
  void write(String name, String text) {
    Path target = folder.resolve(name);
    Path draft =
        target.resolveSibling(target.getFileName() + ".tmp-" + ProcessHandle.current().pid());
    try {
      Files.writeString(draft, text, StandardCharsets.UTF_8);
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path part(int cell, int block) {
    return folder.resolve("parts").resolve("cell-%05d-block-%05d.csv".formatted(cell, block));
  }
}
