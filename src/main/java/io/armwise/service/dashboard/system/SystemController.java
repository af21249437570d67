package io.armwise.service.dashboard.system;

import io.armwise.service.dashboard.MessagePages;
import io.armwise.service.dashboard.Pages;
import io.armwise.service.dashboard.Shells;
import io.armwise.service.dashboard.TableFile;
import io.armwise.service.dashboard.Words;
import io.armwise.service.dashboard.chart.Axis;
import io.armwise.service.dashboard.system.SystemPage.Bar;
import io.armwise.service.dashboard.system.SystemPage.Fact;
import io.armwise.service.dashboard.system.SystemState.HourCount;
import io.armwise.service.event.LogLag;
import io.armwise.service.evidence.EvidenceStore;
import io.armwise.service.platform.database.Database;
import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.ApiKeys;
import io.armwise.service.platform.security.Role;
import io.armwise.service.snapshot.Snapshots;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The page about the service itself, for those who may change it. Thread-safe. */
@Controller("/system")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class SystemController {
  private static final Duration AGE_TO_WATCH = Duration.ofSeconds(5);
  private static final long LAG_TO_WATCH = 1_000;
  private static final double COLUMN = 0.8;
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final SystemState state;
  private final Snapshots snapshots;
  private final EvidenceStore evidence;
  private final Database database;
  private final LogLag lag;
  private final ApiKeys keys;
  private final MeasuredFacts measured;
  private final Clock clock;
  private final SystemTables tables;
  private final MessagePages messages;
  private final Pages pages;
  private final Shells shells;

  SystemController(
      SystemState state,
      Snapshots snapshots,
      EvidenceStore evidence,
      Database database,
      LogLag lag,
      ApiKeys keys,
      MeasuredFacts measured,
      Clock clock,
      SystemTables tables,
      MessagePages messages,
      Pages pages,
      Shells shells) {
    this.state = state;
    this.snapshots = snapshots;
    this.evidence = evidence;
    this.database = database;
    this.lag = lag;
    this.keys = keys;
    this.measured = measured;
    this.clock = clock;
    this.tables = tables;
    this.messages = messages;
    this.pages = pages;
    this.shells = shells;
  }

  @Get
  @Access(Role.ADMIN)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> page(HttpRequest<?> request) {
    Instant now = clock.instant();
    List<SystemState.Client> clients = state.clients();
    List<HourCount> hours = state.hours(now);
    return pages.answer(
        HttpStatus.OK,
        "system/page",
        new SystemPage(
            shells.of(request, "System", "png.js"),
            Words.minute(now),
            facts(clients, hours),
            clients.stream()
                .map(
                    client ->
                        new SystemPage.Node(
                            client.address(),
                            Words.minute(client.since()),
                            String.valueOf(client.connections()),
                            client.learner()))
                .toList(),
            hours.stream().map(SystemController::hour).toList(),
            bars(hours),
            state.tables().stream()
                .map(
                    table ->
                        new SystemPage.Table(
                            table.name(), Words.count(table.rows()), size(table.bytes())))
                .toList(),
            state.rejected().stream()
                .map(
                    rejection ->
                        new SystemPage.Rejected(
                            Words.minute(rejection.at()), rejection.code(), rejection.detail()))
                .toList(),
            keys.list().stream().map(SystemController::key).toList()));
  }

  /** The columns of events as a picture that stands alone. */
  @Get("/events.svg")
  @Access(Role.ADMIN)
  @Produces("image/svg+xml")
  HttpResponse<String> svg() {
    return pages
        .answer(HttpStatus.OK, "system/picture", bars(state.hours(clock.instant())))
        .contentType(MediaType.of("image/svg+xml; charset=utf-8"))
        .header("Content-Disposition", "attachment; filename=\"system-events.svg\"");
  }

  @Get("/{table}.csv")
  @Access(Role.ADMIN)
  @Produces({"text/csv", MediaType.TEXT_HTML})
  HttpResponse<String> csv(HttpRequest<?> request, String table) {
    return answer(request, table, TableFile.Format.CSV);
  }

  @Get("/{table}.json")
  @Access(Role.ADMIN)
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
  HttpResponse<String> json(HttpRequest<?> request, String table) {
    return answer(request, table, TableFile.Format.JSON);
  }

  private HttpResponse<String> answer(
      HttpRequest<?> request, String table, TableFile.Format format) {
    return tables
        .of(table)
        .map(found -> found.answer(format))
        .orElseGet(
            () ->
                messages.of(
                    request,
                    HttpStatus.NOT_FOUND,
                    "There is no such table",
                    "There are events, nodes, storage, rejected and keys.",
                    "/system"));
  }

  private List<Fact> facts(List<SystemState.Client> clients, List<HourCount> hours) {
    OptionalLong behind = lag.behind(evidence.positions(database.dsl()));
    Duration age = snapshots.age();
    long events = hours.getFirst().exposures() + hours.getFirst().outcomes();
    long rejected = hours.stream().mapToLong(HourCount::rejected).sum();
    boolean learning = clients.stream().anyMatch(SystemState.Client::learner);
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            "Learner",
            learning ? "at work" : "none",
            learning ? "ok" : "act",
            learning
                ? "One node learns for all; another takes over when it dies."
                : "No node holds the learner's lock: shares stand still."));
    facts.add(
        new Fact(
            "Events not counted yet",
            behind.isPresent() ? Words.count(behind.getAsLong()) : "unknown",
            behind.isPresent() && behind.getAsLong() <= LAG_TO_WATCH ? "ok" : "watch",
            behind.isPresent()
                ? "In the log, on their way into the figures."
                : "The log does not answer: senders are told to try again, decisions go on."));
    facts.add(
        new Fact(
            "Age of this node's snapshot",
            Words.age(age),
            age.compareTo(AGE_TO_WATCH) > 0 ? "watch" : "ok",
            "Decisions are made from it; it grows while the database is away."));
    facts.add(
        new Fact(
            "Events this hour", Words.count(events), "ok", "Exposures and outcomes that count."));
    facts.add(
        new Fact(
            "Rejected in a day",
            Words.count(rejected),
            rejected > 0 ? "watch" : "ok",
            "Could not be understood; kept with the reason below."));
    facts.add(
        new Fact("Database", size(state.databaseBytes()), "ok", "Without the log of the broker."));
    facts.addAll(measured.facts());
    return facts;
  }

  private static SystemPage.Hour hour(HourCount count) {
    return new SystemPage.Hour(
        HOUR.format(Instant.ofEpochSecond(count.hour() * 3_600L)),
        Words.count(count.exposures()),
        Words.count(count.outcomes()),
        Words.count(count.duplicates()),
        Words.count(count.rejected()));
  }

  private static List<Bar> bars(List<HourCount> newestFirst) {
    long most =
        newestFirst.stream()
            .mapToLong(count -> count.exposures() + count.outcomes())
            .max()
            .orElse(1);
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < newestFirst.size(); i++) {
      HourCount count = newestFirst.get(newestFirst.size() - 1 - i);
      long events = count.exposures() + count.outcomes();
      double height = events / (double) Math.max(1, most);
      bars.add(
          new Bar(
              HOUR.format(Instant.ofEpochSecond(count.hour() * 3_600L)),
              events,
              Axis.percentOf((i + (1 - COLUMN) / 2) / newestFirst.size()),
              Axis.percentOf(1 - height),
              Axis.percentOf(height)));
    }
    return bars;
  }

  private static SystemPage.Key key(ApiKeys.Listed key) {
    Instant expires = key.expiresAt();
    return new SystemPage.Key(
        key.name(),
        key.id(),
        key.roles().stream().map(Role::json).sorted().collect(Collectors.joining(", ")),
        Words.minute(key.createdAt()),
        expires == null ? "never" : Words.minute(expires));
  }

  private static String size(long bytes) {
    double megabytes = bytes / 1e6;
    return megabytes < 1_000
        ? Words.decimal(megabytes, megabytes < 10 ? 1 : 0) + "\u00a0MB"
        : Words.decimal(megabytes / 1_000, 1) + "\u00a0GB";
  }
}
