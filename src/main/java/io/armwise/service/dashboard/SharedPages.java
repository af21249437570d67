package io.armwise.service.dashboard;

import io.armwise.service.experiment.Experiment;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** The report that a shared link shows: nothing to change, no names of people. Thread-safe. */
@Singleton
public final class SharedPages {
  private final ExperimentPages experimentPages;
  private final FigureTables tables;
  private final Pages pages;

  SharedPages(ExperimentPages experimentPages, FigureTables tables, Pages pages) {
    this.experimentPages = experimentPages;
    this.tables = tables;
    this.pages = pages;
  }

  /** The report of an experiment, at an address of its own. */
  public HttpResponse<String> of(Experiment experiment, String address, Instant end) {
    return pages.answer(
        HttpStatus.OK,
        "experiment",
        experimentPages.closed(
            experiment,
            address,
            "A shared report: it cannot be changed from here. The link ends on "
                + Words.minute(end)
                + "."));
  }

  /** The table of one of the report's charts. */
  public HttpResponse<String> table(Experiment experiment, String address, String chart) {
    Optional<FigureTable> table = tables.of(experiment, chart);
    return table.isEmpty()
        ? ended()
        : pages.answer(
            HttpStatus.OK,
            "figures/page",
            new FigureTablePage(
                Shell.open(table.get().caption()),
                address,
                experiment.definition().name(),
                table.get()));
  }

  /** What stands where a link has ended, or never was one. */
  public HttpResponse<String> ended() {
    return pages.answer(
        HttpStatus.NOT_FOUND,
        "message",
        new MessagePage(
            Shell.open("This link has ended"),
            "This link has ended",
            "Or a part of it is missing. Ask whoever sent it for a new one.",
            "/login",
            "Log in"));
  }
}
