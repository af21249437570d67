package io.armwise.service.platform.security;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.armwise.service.platform.json.StrictJson;
import io.armwise.service.platform.problem.ProblemCode;
import io.armwise.service.platform.problem.ProblemException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** API keys over HTTP, for administrators. Thread-safe. */
@Controller("/v1/keys")
@ExecuteOn(TaskExecutors.BLOCKING)
@Access(Role.ADMIN)
@Tag(name = "Keys")
final class KeyController {
  private static final int MAX_NAME = 200;
  private static final String ROLES =
      Arrays.stream(Role.values()).map(Role::json).collect(Collectors.joining(", "));

  private final ApiKeys keys;

  KeyController(ApiKeys keys) {
    this.keys = keys;
  }

  /**
   * A key to be made.
   *
   * @param name what it is for
   * @param roles what it may do
   * @param expiresAt when it ends, RFC 3339; never if absent
   */
  @Schema(name = "NewKey")
  record NewKey(
      @Nullable String name,
      @Schema(description = "Any of serve, ingest, read, admin")
          @Nullable List<@Nullable String> roles,
      @Nullable String expiresAt) {}

  /**
   * A key as the API answers it.
   *
   * @param key the whole key; only in the answer to its making
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Key")
  record KeyView(
      String id,
      String name,
      List<String> roles,
      @Nullable Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable String key) {}

  /** All live keys. */
  @Schema(name = "Keys")
  record Listing(List<KeyView> keys) {}

  @Get
  @Operation(summary = "List the live keys, without their secrets")
  Listing list() {
    return new Listing(
        keys.list().stream()
            .map(
                key ->
                    new KeyView(
                        key.id(),
                        key.name(),
                        names(key.roles()),
                        key.createdAt(),
                        key.expiresAt(),
                        null))
            .toList());
  }

  @Post
  @Operation(summary = "Make a key; this answer is the only one that holds it")
  HttpResponse<KeyView> create(
      @RequestBody(content = @Content(schema = @Schema(implementation = NewKey.class))) @Body
          byte[] body) {
    NewKey wanted = StrictJson.read(body, NewKey.class);
    String name = wanted.name();
    if (name == null || name.isBlank() || name.length() > MAX_NAME) {
      throw ProblemException.invalid(
          "name", "is required, at most " + MAX_NAME + " characters", String.valueOf(name));
    }
    Set<Role> roles = roles(wanted.roles());
    Instant expiresAt = instant(wanted.expiresAt());
    ApiKey key = keys.create(name.strip(), roles, expiresAt);
    return HttpResponse.status(HttpStatus.CREATED)
        .body(new KeyView(key.id(), name.strip(), names(roles), null, expiresAt, key.text()));
  }

  @Delete("/{id}")
  @Operation(summary = "End a key; other nodes refuse it within seconds")
  HttpResponse<?> revoke(String id) {
    if (!keys.revoke(id)) {
      throw new ProblemException(ProblemCode.NOT_FOUND, "There is no live key '" + id + "'.");
    }
    return HttpResponse.noContent();
  }

  private static Set<Role> roles(@Nullable List<@Nullable String> names) {
    if (names == null || names.isEmpty()) {
      throw ProblemException.invalid("roles", "must name at least one of " + ROLES, "none");
    }
    EnumSet<Role> roles = EnumSet.noneOf(Role.class);
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String field = "roles[" + i + "]";
      roles.add(
          Arrays.stream(Role.values())
              .filter(role -> role.json().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      ProblemException.invalid(
                          field, "must be one of " + ROLES, String.valueOf(name))));
    }
    return roles;
  }

  private static @Nullable Instant instant(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw ProblemException.invalid(
          "expiresAt", "must be an RFC 3339 time, such as 2027-01-31T00:00:00Z", text);
    }
  }

  private static List<String> names(Set<Role> roles) {
    return roles.stream().sorted().map(Role::json).toList();
  }
}
