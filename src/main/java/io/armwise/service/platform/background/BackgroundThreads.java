package io.armwise.service.platform.background;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for long computations beside the request path: one per processor, each of which gives way
 * to other work. Java's own priorities do nothing on Linux, so there each thread raises its
 * niceness (on Linux {@code setpriority} of process 0 means the calling thread). On other systems
 * half of the processors stay free instead.
 *
 * <p>It raises it to a third of the usual weight and not to the most: before the collector of
 * garbage can begin, every thread has to run to its next safe place. On a machine that others keep
 * busy a thread of niceness 19 comes to run after hundreds of milliseconds, for which all requests
 * wait; one of niceness 5 after some 20.
 */
public final class BackgroundThreads {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundThreads.class);
  private static final int NICENESS = 5;
  private static final int PRIO_PROCESS = 0;

  private BackgroundThreads() {}

  /**
   * New threads, which their owner shuts down.
   *
   * @param name of each
   */
  public static ExecutorService create(String name) {
    int processors = Runtime.getRuntime().availableProcessors();
    Optional<MethodHandle> setPriority = setPriority();
    return Executors.newFixedThreadPool(
        setPriority.isPresent() ? processors : Math.max(1, processors / 2),
        task -> {
          Thread thread =
              new Thread(
                  () -> {
                    setPriority.ifPresent(BackgroundThreads::giveWay);
                    task.run();
                  },
                  name);
          thread.setDaemon(true);
          return thread;
        });
  }

  @SuppressWarnings("restricted") // The descriptor is that of setpriority in every Linux libc.
  private static Optional<MethodHandle> setPriority() {
    if (!"Linux".equals(System.getProperty("os.name"))) {
      return Optional.empty();
    }
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("setpriority")
        .map(
            address ->
                linker.downcallHandle(
                    address,
                    FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT)));
  }

  private static void giveWay(MethodHandle setPriority) {
    try {
      int failed = (int) setPriority.invokeExact(PRIO_PROCESS, 0, NICENESS);
      if (failed != 0) {
        LOG.warn("Background computations run at the priority of requests: setpriority refused");
      }
    } catch (Throwable e) {
      LOG.warn("Background computations run at the priority of requests", e);
    }
  }
}
