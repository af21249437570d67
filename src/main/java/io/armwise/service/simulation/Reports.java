package io.armwise.service.simulation;

import io.armwise.simulations.report.HtmlReport;
import io.armwise.simulations.suite.Reduction;
import io.armwise.simulations.suite.ResultFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the tables and the page of complete results. */
final class Reports {
  private Reports() {}

  /** Writes all of them and returns the page. */
  static Path write(ResultFolder results) {
    Path page = results.path().resolve("report.html");
    try {
      Files.writeString(page, HtmlReport.of(results.suite().suite(), Reduction.write(results)));
      return page;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
