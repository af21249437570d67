package io.armwise.service.archive;

import org.jspecify.annotations.Nullable;

/** The archive cannot be written, or is not what it should be. */
public final class ArchiveException extends RuntimeException {
  ArchiveException(String message) {
    this(message, null);
  }

  ArchiveException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
