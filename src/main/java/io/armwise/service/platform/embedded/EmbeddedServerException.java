package io.armwise.service.platform.embedded;

/**
 * An embedded server or its data folder cannot be used. The message is a sentence for the operator:
 * what is wrong, and what to do about it.
 */
public final class EmbeddedServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EmbeddedServerException(String message) {
    super(message);
  }

  EmbeddedServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
