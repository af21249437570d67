package io.armwise.service.dashboard;

import io.armwise.service.analysis.Reports;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** An experiment's page and its parts. Thread-safe. */
@Controller("/experiments/{key}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class PageController {
  private final ExperimentStore experiments;
  private final ExperimentPages experimentPages;
  private final LiveViews liveViews;
  private final LiveStreams streams;
  private final Reports reports;
  private final Tables tables;
  private final FigureTables figureTables;
  private final Pages pages;
  private final Shells shells;
  private final MessagePages messages;

  PageController(
      ExperimentStore experiments,
      ExperimentPages experimentPages,
      LiveViews liveViews,
      LiveStreams streams,
      Reports reports,
      Tables tables,
      FigureTables figureTables,
      Pages pages,
      Shells shells,
      MessagePages messages) {
    this.experiments = experiments;
    this.experimentPages = experimentPages;
    this.liveViews = liveViews;
    this.streams = streams;
    this.reports = reports;
    this.tables = tables;
    this.figureTables = figureTables;
    this.pages = pages;
    this.shells = shells;
    this.messages = messages;
  }

  @Get
  @Access(Role.READ)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> page(HttpRequest<?> request, String key, @Nullable @QueryValue String done) {
    Experiment experiment = find(key);
    String[] scripts =
        experiment.status().isLearning()
            ? new String[] {"fold.js", "png.js", "tables.js", "read.js", "live.js"}
            : new String[] {"fold.js", "png.js", "tables.js", "read.js"};
    return pages.answer(
        HttpStatus.OK,
        "experiment",
        experimentPages.of(
            experiment,
            shells.of(request, experiment.definition().name(), scripts),
            Done.text(done)));
  }

  /** The part of the page that changes, sent whenever it has. */
  @Get("/stream")
  @Access(Role.READ)
  @Produces(MediaType.TEXT_EVENT_STREAM)
  HttpResponse<Publisher<Event<String>>> stream(String key, @Nullable @QueryValue Boolean fresh) {
    return HttpResponse.<Publisher<Event<String>>>ok(
            streams.open(find(key).key(), Boolean.TRUE.equals(fresh)))
        .header("Cache-Control", "no-store")
        // Some proxies hold answers back until they are complete; this tells them not to.
        .header("X-Accel-Buffering", "no");
  }

  /** A chart's figures as a table. */
  @Get("/tables/{chart}")
  @Access(Role.READ)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> figures(HttpRequest<?> request, String key, String chart) {
    Experiment experiment = find(key);
    Optional<FigureTable> table = figureTables.of(experiment, chart);
    return table.isEmpty()
        ? messages.of(
            request,
            HttpStatus.NOT_FOUND,
            "There is no such table",
            "There are best, loss, means, days and shares.",
            "/experiments/" + key)
        : pages.answer(
            HttpStatus.OK,
            "figures/page",
            new FigureTablePage(
                shells.of(request, table.get().caption()),
                "/experiments/" + experiment.key(),
                experiment.definition().name(),
                table.get()));
  }

  @Get("/{table}.csv")
  @Access(Role.READ)
  @Produces({"text/csv", MediaType.TEXT_HTML})
  HttpResponse<?> csv(HttpRequest<?> request, String key, String table) {
    return table(request, find(key), table, TableFile.Format.CSV);
  }

  @Get("/{table}.json")
  @Access(Role.READ)
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
  HttpResponse<?> json(HttpRequest<?> request, String key, String table) {
    return table(request, find(key), table, TableFile.Format.JSON);
  }

  private HttpResponse<?> table(
      HttpRequest<?> request, Experiment experiment, String table, TableFile.Format format) {
    return switch (table) {
      case "arms" -> ArmTable.of(reports.of(experiment)).answer(format);
      case "metrics" -> TableFiles.metrics(reports.of(experiment)).answer(format);
      case "course" -> TableFiles.course(experiment, tables.course(experiment)).answer(format);
      case "days" -> TableFiles.days(experiment, tables.days(experiment)).answer(format);
      case "audit" -> TableFiles.audit(experiment.key(), tables.audit(experiment)).answer(format);
      default ->
          messages.of(
              request,
              HttpStatus.NOT_FOUND,
              "There is no such table",
              "There are arms, metrics, course, days and audit.",
              "/experiments/" + experiment.key());
    };
  }

  /** A chart as a picture that stands alone. */
  @Get("/{chart}.svg")
  @Access(Role.READ)
  @Produces({"image/svg+xml", MediaType.TEXT_HTML})
  HttpResponse<?> svg(HttpRequest<?> request, String key, String chart) {
    Experiment experiment = find(key);
    Optional<ChartPicture> picture =
        ChartPicture.of(chart, experiment.definition().name(), liveViews.of(experiment));
    return picture.isEmpty()
        ? messages.of(
            request,
            HttpStatus.NOT_FOUND,
            "There is no such chart yet",
            "Charts appear when every arm has enough units.",
            "/experiments/" + key)
        : download(
            pages.answer(HttpStatus.OK, "chart/picture", picture.get()),
            "image/svg+xml; charset=utf-8",
            experiment.key() + "-" + chart + ".svg");
  }

  private static HttpResponse<?> download(
      MutableHttpResponse<String> response, String type, String name) {
    return response
        .contentType(MediaType.of(type))
        // A key has only letters, digits, dots, underscores and hyphens.
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  @Error(exception = ProblemException.class)
  HttpResponse<String> problem(HttpRequest<?> request, ProblemException problem) {
    return messages.of(request, problem);
  }

  private Experiment find(String key) {
    return experiments.find(key).orElseThrow(() -> ProblemException.unknownExperiment(key));
  }
}
