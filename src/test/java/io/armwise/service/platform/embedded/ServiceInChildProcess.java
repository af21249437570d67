package io.armwise.service.platform.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process that holds a data folder and runs the embedded servers, so that tests can kill it. */
final class ServiceInChildProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ServiceInChildProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** What runs in the child: prints where the servers are, then waits for its end. */
  public static void main(String[] arguments) throws Exception {
    try (DataFolder data = DataFolder.open(Path.of(arguments[0]));
        EmbeddedServers servers = EmbeddedServers.start(data, step -> {})) {
      System.out.println(servers.jdbcUrl());
      System.out.println(servers.password());
      System.out.println(servers.bootstrapServers());
      System.in.read();
    } catch (EmbeddedServerException e) {
      System.out.println(e.getMessage());
      System.exit(1);
    }
  }

  static ServiceInChildProcess start(Path folder) throws IOException {
    return new ServiceInChildProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-classpath",
                System.getProperty("java.class.path"),
                ServiceInChildProcess.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  @Nullable String readLine() throws IOException {
    return output.readLine();
  }

  long pid() {
    return process.pid();
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the child process is still running after a minute");
    }
    return process.exitValue();
  }

  /** As {@code kill -9}. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
