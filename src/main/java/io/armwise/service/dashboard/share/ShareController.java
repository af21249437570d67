package io.armwise.service.dashboard.share;

import io.armwise.service.dashboard.MessagePages;
import io.armwise.service.dashboard.Pages;
import io.armwise.service.dashboard.ReasonRule;
import io.armwise.service.dashboard.SharedPages;
import io.armwise.service.dashboard.Shells;
import io.armwise.service.dashboard.TableFile;
import io.armwise.service.dashboard.TableFiles;
import io.armwise.service.dashboard.Words;
import io.armwise.service.experiment.AuditTrail;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.Caller;
import io.armwise.service.platform.security.FormTokens;
import io.armwise.service.platform.security.Open;
import io.armwise.service.platform.security.Role;
import io.armwise.service.platform.security.ShareLinks;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes links to reports, with the maker's name in the audit trail, and shows them. Thread-safe.
 */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class ShareController {

  private final ExperimentStore experiments;
  private final ShareLinks links;
  private final ShareLinkStore store;
  private final AuditTrail audit;
  private final SharedPages shared;
  private final Clock clock;
  private final Pages pages;
  private final Shells shells;
  private final FormTokens tokens;
  private final MessagePages messages;

  ShareController(
      ExperimentStore experiments,
      ShareLinks links,
      ShareLinkStore store,
      AuditTrail audit,
      SharedPages shared,
      Clock clock,
      Pages pages,
      Shells shells,
      FormTokens tokens,
      MessagePages messages) {
    this.experiments = experiments;
    this.links = links;
    this.store = store;
    this.audit = audit;
    this.shared = shared;
    this.clock = clock;
    this.pages = pages;
    this.shells = shells;
    this.tokens = tokens;
    this.messages = messages;
  }

  @Get("/experiments/{key}/share")
  @Access(Role.ADMIN)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> ask(HttpRequest<?> request, String key) {
    Experiment experiment = find(key);
    return page(request, HttpStatus.OK, experiment, null, null, null);
  }

  @Post("/experiments/{key}/share")
  @Access(Role.ADMIN)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> make(HttpRequest<?> request, String key, @Body Map<String, String> form) {
    tokens.require(request, form);
    Experiment experiment = find(key);
    String reason = form.getOrDefault("reason", "").strip();
    Optional<Integer> days =
        SharePage.DAYS.stream()
            .filter(choice -> String.valueOf(choice).equals(form.get("days")))
            .findFirst();
    if (days.isEmpty() || ReasonRule.isBroken(reason)) {
      return page(
          request,
          HttpStatus.UNPROCESSABLE_ENTITY,
          experiment,
          null,
          null,
          "Give a reason of 1 to " + ReasonRule.LONGEST + " characters, and how long it holds.");
    }
    Duration length = Duration.ofDays(days.get());
    Instant now = clock.instant();
    String end = Words.minute(now.plus(length));
    String actor = Caller.of(request).name();
    UUID id = UUID.randomUUID();
    store.add(key, new ShareLinkStore.Kept(id, now, actor, reason, now.plus(length)));
    audit.note(key, actor, "share until " + end, reason);
    String host = Objects.requireNonNullElse(request.getHeaders().get("Host"), "localhost");
    boolean https =
        request.isSecure() || "https".equals(request.getHeaders().get("X-Forwarded-Proto"));
    String link =
        (https ? "https://" : "http://") + host + "/shared/" + links.token(key, length, id);
    return page(request, HttpStatus.OK, experiment, link, end, null);
  }

  @Post("/experiments/{key}/share/{id}/revoke")
  @Access(Role.ADMIN)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<?> revoke(
      HttpRequest<?> request, String key, UUID id, @Body Map<String, String> form) {
    tokens.require(request, form);
    find(key);
    if (store.revoke(key, id, clock.instant())) {
      audit.note(key, Caller.of(request).name(), "take a shared link back", null);
    }
    return HttpResponse.seeOther(URI.create("/experiments/" + key + "/share"));
  }

  @Get("/experiments/{key}/share/links.csv")
  @Access(Role.ADMIN)
  @Produces("text/csv")
  HttpResponse<String> csv(String key) {
    return links(find(key)).answer(TableFile.Format.CSV);
  }

  @Get("/experiments/{key}/share/links.json")
  @Access(Role.ADMIN)
  @Produces(MediaType.APPLICATION_JSON)
  HttpResponse<String> json(String key) {
    return links(find(key)).answer(TableFile.Format.JSON);
  }

  private TableFile links(Experiment experiment) {
    return new TableFile(
        experiment.key() + "-links",
        List.of("experiment", "made_at", "made_by", "ends_at", "reason"),
        store.open(experiment.key(), clock.instant()).stream()
            .map(
                link ->
                    TableFiles.row(
                        experiment.key(),
                        link.createdAt().toString(),
                        link.createdBy(),
                        link.end().toString(),
                        link.reason()))
            .toList());
  }

  @Get("/shared/{token}")
  @Open
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> show(String token) {
    return shared(token, (link, experiment) -> shared.of(experiment, at(token), link.end()));
  }

  /** The table of one of the report's charts. */
  @Get("/shared/{token}/tables/{chart}")
  @Open
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> table(String token, String chart) {
    return shared(token, (_, experiment) -> shared.table(experiment, at(token), chart));
  }

  private static String at(String token) {
    return "/shared/" + token;
  }

  private HttpResponse<String> shared(
      String token, BiFunction<ShareLinks.Shared, Experiment, HttpResponse<String>> answer) {
    Optional<ShareLinks.Shared> link = links.read(token).filter(found -> store.isOpen(found.id()));
    Optional<Experiment> experiment = link.flatMap(found -> experiments.find(found.experiment()));
    return link.isEmpty() || experiment.isEmpty()
        ? shared.ended()
        : answer.apply(link.get(), experiment.get());
  }

  private HttpResponse<String> page(
      HttpRequest<?> request,
      HttpStatus status,
      Experiment experiment,
      @Nullable String link,
      @Nullable String end,
      @Nullable String error) {
    String name = experiment.definition().name();
    return pages.answer(
        status,
        "share/page",
        new SharePage(
            shells.of(request, "Share: " + name),
            experiment.key(),
            name,
            link,
            end,
            store.open(experiment.key(), clock.instant()).stream()
                .map(
                    made ->
                        new SharePage.Made(
                            made.id().toString(),
                            Words.minute(made.createdAt()),
                            made.createdBy(),
                            made.reason(),
                            Words.minute(made.end())))
                .toList(),
            error));
  }

  @Error(exception = ProblemException.class)
  HttpResponse<String> problem(HttpRequest<?> request, ProblemException problem) {
    return messages.of(request, problem);
  }

  private Experiment find(String key) {
    return experiments.find(key).orElseThrow(() -> ProblemException.unknownExperiment(key));
  }
}
