package io.armwise.service.testing;

import io.armwise.service.Armwise;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code armwise} as a process of its own, so that tests can kill, freeze and confine it. */
public final class ServiceProcess implements AutoCloseable {
  private final Process process;

  private ServiceProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts one; it works once its Java machine is up, some seconds later.
   *
   * @param folder for its data and its output
   * @param environment of the process, which names the servers
   */
  public static ServiceProcess start(Path folder, Map<String, String> environment) {
    return start("serve", folder, environment);
  }

  /** The same for {@code armwise demo}. */
  public static ServiceProcess startDemo(Path folder, Map<String, String> environment) {
    return start("demo", folder, environment);
  }

  private static ServiceProcess start(
      String command, Path folder, Map<String, String> environment) {
    ProcessBuilder builder =
        armwise(List.of("-Xmx256m"), List.of(command, "--port=0", "--data=" + folder), environment);
    builder.redirectOutput(new File(folder.toFile(), "output.log"));
    try {
      return new ServiceProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs another command to its end.
   *
   * @param heapMegabytes the most that it may use; beyond it ends at once, with status 3
   * @param output receives what it says
   * @return its exit status
   */
  public static int run(
      List<String> command, int heapMegabytes, Path output, Map<String, String> environment) {
    ProcessBuilder builder =
        armwise(
            List.of("-Xmx" + heapMegabytes + "m", "-XX:+ExitOnOutOfMemoryError"),
            command,
            environment);
    try {
      return builder.redirectOutput(output.toFile()).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static ProcessBuilder armwise(
      List<String> jvm, List<String> command, Map<String, String> environment) {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    all.addAll(jvm);
    all.addAll(
        List.of("-classpath", System.getProperty("java.class.path"), Armwise.class.getName()));
    all.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder;
  }

  /** As {@code kill -9}; returns when it is gone. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** As {@code kill} and as Ctrl-C: asks it to stop; returns when it is gone. */
  public void terminate() {
    signal("TERM");
    process.onExit().join();
  }

  /** As {@code kill -STOP}: from one instruction to the next it does nothing any more. */
  public void freeze() {
    signal("STOP");
  }

  /** As {@code kill -CONT}. */
  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    Signals.send(name, process.pid());
  }

  @Override
  public void close() {
    kill();
  }

  /** What one process can tell another. */
  static final class Signals {
    private Signals() {}

    static void send(String name, long pid) {
      if (!sendIfAlive(name, pid)) {
        throw new AssertionError("no process " + pid + " to send " + name + " to");
      }
    }

    /** Tells whether there was such a process. */
    static boolean sendIfAlive(String name, long pid) {
      try {
        return new ProcessBuilder(List.of("sh", "-c", "kill -" + name + " " + pid))
                .inheritIO()
                .start()
                .waitFor()
            == 0;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }
}
