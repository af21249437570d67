package io.armwise.simulations.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns complete parts into tables. Parts are read in canonical order, so the bytes do not depend
 * on workers, shards or interruptions.
 */
public final class Reduction {
  private Reduction() {}

  /**
   * Writes {@code results.csv} (a row per trial and rule) and the same as {@code results.parquet},
   * {@code summary.csv}, {@code curves.csv} and {@code calibration.csv}.
   *
   * @return what the tables say
   * @throws SuiteException if a part is missing
   */
  public static Summary write(ResultFolder folder) {
    Suite suite = folder.suite().suite();
    List<Summary.Row> rows = new ArrayList<>();
    List<Summary.CurveRow> curves = new ArrayList<>();
    List<Summary.Bin> bins = new ArrayList<>();
    Path csv = folder.path().resolve("results.csv.tmp");
    Path parquet = folder.path().resolve("results.parquet.tmp");
    try {
      try (TrialTable results =
          new TrialTable(Files.newBufferedWriter(csv), Files.newOutputStream(parquet))) {
        for (Cell cell : suite.cells()) {
          CellSummary summary = new CellSummary(cell, suite.rules());
          for (int block = 0; block < suite.blocks(); block++) {
            Part part = folder.read(cell.index(), block);
            results.add(cell, suite.rules(), part);
            summary.add(part);
          }
          summary.report(rows, curves, bins);
        }
      }
      move(csv, folder.path().resolve("results.csv"));
      move(parquet, folder.path().resolve("results.parquet"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Summary summary = new Summary(rows, curves, bins);
    writeTables(folder, summary);
    return summary;
  }

  private static void move(Path draft, Path target) throws IOException {
    Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void writeTables(ResultFolder folder, Summary summary) {
    StringBuilder table =
        new StringBuilder("world,policy,days,rule,measure,value,standard_error,n\n");
    for (Summary.Row row : summary.rows()) {
      table.append(place(row.place())).append(',');
      table.append(Csv.row(row.rule(), row.measure())).append(',');
      table.append(moments(row.moments())).append('\n');
    }
    folder.write("summary.csv", table.toString());

    StringBuilder curves =
        new StringBuilder("world,policy,days,measure,day,value,standard_error,n\n");
    for (Summary.CurveRow row : summary.curves()) {
      curves.append(place(row.place())).append(',').append(Csv.cell(row.measure()));
      curves.append(',').append(row.day()).append(',').append(moments(row.moments()));
      curves.append('\n');
    }
    folder.write("curves.csv", curves.toString());

    StringBuilder bins =
        new StringBuilder("world,policy,days,rule,bin,probability,best,standard_error,n\n");
    for (Summary.Bin bin : summary.calibration()) {
      bins.append(place(bin.place())).append(',').append(Csv.cell(bin.rule()));
      bins.append(',').append(bin.bin()).append(',').append(bin.probability().mean());
      bins.append(',').append(moments(bin.best())).append('\n');
    }
    folder.write("calibration.csv", bins.toString());
  }

  private static String place(Summary.Place place) {
    return Csv.row(place.world(), place.policy(), Integer.toString(place.days()));
  }

  private static String moments(Moments moments) {
    return moments.mean() + "," + moments.standardError() + "," + moments.count();
  }
}
