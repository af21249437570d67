package io.armwise.benchmarks.http;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A server of nothing but {@link EmptyController}, set up as the service is. */
public final class EmptyServer {
  private EmptyServer() {}

  /** Arguments: port, bytes of an answer. */
  public static void main(String[] arguments) throws InterruptedException {
    ApplicationContext context =
        ApplicationContext.run(
            Map.of(
                "micronaut.server.port",
                arguments[0],
                "micronaut.server.thread-selection",
                "MANUAL",
                "empty.bytes",
                arguments[1]));
    context.getBean(EmbeddedServer.class).start();
    new CountDownLatch(1).await();
  }
}
