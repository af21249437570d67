package io.armwise.service.ofrep;

import io.micronaut.http.HttpStatus;

/** The protocol's reasons why a flag has no value. */
enum ErrorCode {
  PARSE_ERROR(HttpStatus.BAD_REQUEST),
  TARGETING_KEY_MISSING(HttpStatus.BAD_REQUEST),
  INVALID_CONTEXT(HttpStatus.BAD_REQUEST),
  GENERAL(HttpStatus.BAD_REQUEST),
  FLAG_NOT_FOUND(HttpStatus.NOT_FOUND);

  private final HttpStatus status;

  ErrorCode(HttpStatus status) {
    this.status = status;
  }

  /** HTTP status of an answer about a single flag. */
  HttpStatus status() {
    return status;
  }
}
