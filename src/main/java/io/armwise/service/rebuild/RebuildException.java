package io.armwise.service.rebuild;

/** The log cannot be read again as it was; the message says why and what to do. */
public final class RebuildException extends RuntimeException {
  RebuildException(String message) {
    super(message);
  }
}
