package io.armwise.service.platform;

import io.armwise.service.platform.embedded.DataFolder;
import io.armwise.service.platform.embedded.EmbeddedServerException;
import io.micronaut.context.exceptions.BeanContextException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code armwise serve}: runs until it is told to stop. */
@Command(
    name = "serve",
    description = {
      "Run the service.",
      "With nothing configured it starts its own PostgreSQL and Kafka under the data folder. With"
          + " ARMWISE_JDBC_URL (and ARMWISE_JDBC_USER, ARMWISE_JDBC_PASSWORD) and"
          + " ARMWISE_KAFKA_BOOTSTRAP_SERVERS set it uses those."
    },
    mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder for data (default: ARMWISE_DATA or ./data).")
  private @Nullable Path data;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Address to listen at (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Port to listen at, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
    RunningService service;
    try {
      service =
          RunningService.start(
              new RunningService.Options(
                  DataFolder.chosen(data, System.getenv()), host, port, System.getenv()),
              step -> line.getErr().println("· " + step));
    } catch (EmbeddedServerException | IllegalArgumentException e) {
      line.getErr().println("armwise: " + e.getMessage());
      return 1;
    } catch (BeanContextException e) {
      line.getErr().println("armwise: the service did not start: " + deepest(e).getMessage());
      return 1;
    }
    stopWithTheProcess(service, line.getErr());
    announce(service, line.getOut());
    new CountDownLatch(1).await();
    return 0;
  }

  /** The cause that a person can act on, such as a refused connection. */
  private static Throwable deepest(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** On Ctrl-C and on a plain kill. */
  public static void stopWithTheProcess(RunningService service, PrintWriter messages) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(
                    () -> {
                      messages.println("· Stopping");
                      messages.flush();
                      service.close();
                      messages.println("· Stopped");
                      messages.flush();
                    }));
  }

  /** Prints the one block that a person needs. */
  public static void announce(RunningService service, PrintWriter out) {
    long startedMs =
        System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    out.printf("%nArmwise is ready after %.1f s.%n%n", startedMs / 1000.0);
    out.printf("  Dashboard   %s/%n", service.address());
    out.printf("  Log in      with the key in %s%n", service.adminKeyFile());
    out.printf(
        "  API         %s/v1 (described at %s/docs)%n", service.address(), service.address());
    out.printf(
        "  Data        %s%n%n",
        service.isEmbedded()
            ? service.dataFolder()
            : "in the configured PostgreSQL and Kafka; keys in " + service.dataFolder());
    out.println("Stop with Ctrl-C.");
    out.flush();
  }
}
