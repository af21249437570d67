package io.armwise.service.dashboard;

import io.armwise.service.experiment.Experiment;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.time.Instant;

/** The report that a shared link shows: nothing to change, no names of people. Thread-safe. */
@Singleton
public final class SharedPages {
  private final ExperimentPages experimentPages;
  private final Pages pages;

  SharedPages(ExperimentPages experimentPages, Pages pages) {
    this.experimentPages = experimentPages;
    this.pages = pages;
  }

  /** The report of an experiment. */
  public HttpResponse<String> of(Experiment experiment, Instant end) {
    return pages.answer(
        HttpStatus.OK,
        "experiment",
        experimentPages.of(
            experiment,
            Shell.open(experiment.definition().name()),
            "A shared report: it cannot be changed from here. The link ends on "
                + Words.minute(end)
                + "."));
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
