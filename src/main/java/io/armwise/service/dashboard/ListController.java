package io.armwise.service.dashboard;

import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The front page. Thread-safe. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class ListController {
  private final ListPages lists;
  private final Pages pages;
  private final Shells shells;

  ListController(ListPages lists, Pages pages, Shells shells) {
    this.lists = lists;
    this.pages = pages;
    this.shells = shells;
  }

  @Get
  @Access(Role.READ)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> list(
      HttpRequest<?> request,
      @Nullable @QueryValue String q,
      @Nullable @QueryValue String status,
      @Nullable @QueryValue String order,
      @Nullable @QueryValue Integer page) {
    String host = Objects.requireNonNullElse(request.getHeaders().get("Host"), "localhost");
    String address = (request.isSecure() ? "https://" : "http://") + host;
    return pages.answer(
        HttpStatus.OK,
        "experiments",
        lists.of(ListQuery.of(q, status, order, page), shells.of(request, "Experiments"), address));
  }

  /** All that the same question finds, on however many pages. */
  @Get("/experiments.csv")
  @Access(Role.READ)
  @Produces("text/csv")
  HttpResponse<String> csv(
      @Nullable @QueryValue String q,
      @Nullable @QueryValue String status,
      @Nullable @QueryValue String order) {
    return lists.table(ListQuery.of(q, status, order, null)).answer(TableFile.Format.CSV);
  }

  @Get("/experiments.json")
  @Access(Role.READ)
  @Produces(MediaType.APPLICATION_JSON)
  HttpResponse<String> json(
      @Nullable @QueryValue String q,
      @Nullable @QueryValue String status,
      @Nullable @QueryValue String order) {
    return lists.table(ListQuery.of(q, status, order, null)).answer(TableFile.Format.JSON);
  }
}
