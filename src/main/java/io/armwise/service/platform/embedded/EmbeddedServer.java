package io.armwise.service.platform.embedded;

import java.io.IOException;

/** A server that {@link Supervisor} starts, and starts again when it dies. */
sealed interface EmbeddedServer permits EmbeddedPostgres, EmbeddedKafka {

  /** The name in messages. */
  String name();

  /** Starts the server at its remembered port and returns when it is ready to serve. */
  ServerProcess start() throws IOException;
}
