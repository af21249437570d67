package io.armwise.service.platform;

import io.armwise.service.platform.embedded.DataFolder;
import io.micronaut.context.ApplicationContext;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The service's parts for a command that runs beside a service or without one, on the {@link
 * ServersInUse}; they neither count, learn nor forget. One thread.
 */
public final class CommandContext implements AutoCloseable {
  private final ServersInUse servers;
  private final ApplicationContext context;

  private CommandContext(ServersInUse servers, ApplicationContext context) {
    this.servers = servers;
    this.context = context;
  }

  /**
   * Finds or starts the servers, and makes the parts.
   *
   * @param data folder of the service's data, if the command line names one
   * @param messages told what is being done
   * @throws io.armwise.service.platform.embedded.EmbeddedServerException if there is no data, or
   *     the servers do not start
   * @throws IllegalArgumentException if only one of the two servers is configured
   */
  public static CommandContext open(@Nullable Path data, PrintWriter messages) {
    ServersInUse servers =
        ServersInUse.find(
            DataFolder.chosen(data, System.getenv()),
            System.getenv(),
            step -> messages.println("· " + step));
    ApplicationContext context = null;
    try {
      context = ApplicationContext.builder().properties(servers.settings()).banner(false).start();
    } finally {
      if (context == null) {
        servers.close();
      }
    }
    return new CommandContext(servers, context);
  }

  /** A part of the service. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    try (servers) {
      context.close();
    }
  }
}
