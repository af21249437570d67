package io.armwise.service.platform.problem;

import io.micronaut.http.HttpStatus;
import java.util.Locale;

/** Every way a request can fail. A caller may switch on the code; titles and details may change. */
public enum ProblemCode {
  MALFORMED_JSON(HttpStatus.BAD_REQUEST, "The body is not valid JSON"),
  INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is invalid"),
  INVALID_DEFINITION(HttpStatus.UNPROCESSABLE_ENTITY, "The experiment is invalid"),
  UNKNOWN_FIELD(HttpStatus.BAD_REQUEST, "The body has a field that does not exist"),
  UNKNOWN_EXPERIMENT(HttpStatus.NOT_FOUND, "There is no such experiment"),
  UNKNOWN_ARM(HttpStatus.NOT_FOUND, "The experiment has no such arm"),
  NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing at this address"),
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The address does not take this method"),
  UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The content type is not accepted"),
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The answer cannot be given in the wanted form"),
  KEY_TAKEN(HttpStatus.CONFLICT, "The key is already in use"),
  WRONG_STATUS(HttpStatus.CONFLICT, "The experiment's status does not allow this"),
  VERSION_CONFLICT(HttpStatus.PRECONDITION_FAILED, "Somebody else changed the experiment"),
  PRECONDITION_REQUIRED(HttpStatus.PRECONDITION_REQUIRED, "The change must name its version"),
  INVALID_TOKEN(HttpStatus.BAD_REQUEST, "The decision token is not valid"),
  BODY_TOO_LARGE(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large"),
  UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "An API key is needed"),
  FORBIDDEN(HttpStatus.FORBIDDEN, "The API key lacks the role"),
  LOG_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Events cannot be stored now"),
  BACKLOG_FULL(HttpStatus.SERVICE_UNAVAILABLE, "Too many events wait to be counted"),
  DATABASE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The database cannot be reached now"),
  NOT_READY(HttpStatus.SERVICE_UNAVAILABLE, "The service has no snapshot yet"),
  INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "The service failed");

  private final HttpStatus status;
  private final String title;

  ProblemCode(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
  }

  /** HTTP status of the answer. */
  public HttpStatus status() {
    return status;
  }

  /** One line for people. */
  public String title() {
    return title;
  }

  /** The code as it stands in JSON, for example {@code unknown-arm}. */
  public String json() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
