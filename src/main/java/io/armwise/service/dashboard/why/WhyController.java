package io.armwise.service.dashboard.why;

import io.armwise.bandits.assignment.UnitHash;
import io.armwise.service.dashboard.HumanText;
import io.armwise.service.dashboard.MessagePages;
import io.armwise.service.dashboard.Pages;
import io.armwise.service.dashboard.Shells;
import io.armwise.service.decision.Explanations;
import io.armwise.service.experiment.Experiment;
import io.armwise.service.experiment.ExperimentStore;
import io.armwise.service.platform.problem.ProblemException;
import io.armwise.service.platform.security.Access;
import io.armwise.service.platform.security.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says to a person why a unit gets its arm. Thread-safe. */
@Controller("/experiments/{key}/why")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class WhyController {
  private final ExperimentStore experiments;
  private final Explanations explanations;
  private final Pages pages;
  private final Shells shells;
  private final MessagePages messages;
  private final Clock clock;

  WhyController(
      ExperimentStore experiments,
      Explanations explanations,
      Pages pages,
      Shells shells,
      MessagePages messages,
      Clock clock) {
    this.experiments = experiments;
    this.explanations = explanations;
    this.pages = pages;
    this.shells = shells;
    this.messages = messages;
    this.clock = clock;
  }

  @Get
  @Access(Role.READ)
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> page(
      HttpRequest<?> request,
      String key,
      @Nullable @QueryValue String unit,
      @Nullable @QueryValue String at) {
    Experiment experiment =
        experiments.find(key).orElseThrow(() -> ProblemException.unknownExperiment(key));
    String askedUnit = unit == null ? "" : unit;
    String askedTime = at == null ? "" : at.strip();
    String unitError = unit == null ? null : unitError(unit);
    Instant time = time(askedTime);
    String timeError = time == null ? "Write a time such as 2026-11-21T10:15, in UTC." : null;
    WhyPage.Answer answer = null;
    if (unit != null && unitError == null && time != null) {
      answer = explanations.of(key, unit, Map.of(), time).map(WhyPage.Answer::of).orElse(null);
      if (answer == null) {
        timeError = "The experiment had no allocation at that time.";
      }
    }
    return pages.answer(
        unitError == null && timeError == null ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_ENTITY,
        "why/page",
        new WhyPage(
            shells.of(request, "Why this arm?"),
            experiment.key(),
            experiment.definition().name(),
            askedUnit,
            askedTime,
            unitError,
            timeError,
            answer));
  }

  private static @Nullable String unitError(String unit) {
    if (unit.isEmpty()) {
      return "Give a unit's id, as callers send it.";
    }
    try {
      UnitHash.of(unit);
      return null;
    } catch (IllegalArgumentException e) {
      return HumanText.sentence(String.valueOf(e.getMessage()));
    }
  }

  /** Now, if no time was asked for; null if it is not one. */
  private @Nullable Instant time(String at) {
    try {
      return at.isEmpty()
          ? clock.instant()
          : at.endsWith("Z")
              ? Instant.parse(at)
              : LocalDateTime.parse(at).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  @Error(exception = ProblemException.class)
  HttpResponse<String> problem(HttpRequest<?> request, ProblemException problem) {
    return messages.of(request, problem);
  }
}
