package io.armwise.service.platform.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A child process that lives no longer than this one: it reads its standard input and stops in good
 * order when that ends, which the operating system sees to even when this process is killed.
 *
 * <p>It runs in a session of its own, so that Ctrl-C at a terminal reaches the service alone, which
 * then stops its servers in the right order. Its process id and start time are kept in a file, by
 * which the next service waits for one that is still stopping.
 *
 * <p>Safe for use by several threads.
 */
final class ServerProcess implements AutoCloseable {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  /** Start times are computed from the wall clock, which may have been set meanwhile. */
  private static final Duration CLOCK_STEP = Duration.ofSeconds(5);

  private static final int TAIL_LINES = 12;

  private final String name;
  private final Process process;
  private final Path output;

  private ServerProcess(String name, Process process, Path output) {
    this.name = name;
    this.process = process;
    this.output = output;
  }

  /**
   * Starts the command.
   *
   * @param name the server's name in messages
   * @param record where the process id and start time are kept
   * @param output receives what the process writes to standard error; replaced at each start
   */
  static ServerProcess start(
      String name, Path record, Path output, List<String> command, Map<String, String> environment)
      throws IOException {
    List<String> detached = new ArrayList<>(List.of("setsid"));
    detached.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(detached).redirectError(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    Instant started = process.info().startInstant().orElse(Instant.EPOCH);
    DataFolder.writePrivately(record, process.pid() + " " + started + "\n");
    return new ServerProcess(name, process, output);
  }

  /** Waits for the recorded process, which stops by itself without its service; then ends it. */
  static void endPrevious(Path record) throws IOException {
    if (!Files.exists(record)) {
      return;
    }
    String[] previous = Files.readString(record).strip().split(" ", 2);
    if (previous.length == 2) {
      ProcessHandle.of(Long.parseLong(previous[0]))
          .filter(process -> startedAt(process, Instant.parse(previous[1])))
          .ifPresent(process -> awaitOrKill(process, STOP_PATIENCE));
    }
  }

  /** Process ids are used again; id and start time together name one process. */
  private static boolean startedAt(ProcessHandle process, Instant start) {
    return process
        .info()
        .startInstant()
        .filter(actual -> Duration.between(actual, start).abs().compareTo(CLOCK_STEP) < 0)
        .isPresent();
  }

  /** Waits for the process to end, and ends it by force when it does not in time. */
  static void awaitOrKill(ProcessHandle process, Duration patience) {
    if (!ended(process, patience)) {
      process.destroyForcibly();
      ended(process, STOP_PATIENCE);
    }
  }

  private static boolean ended(ProcessHandle process, Duration patience) {
    return Boolean.TRUE.equals(
        process
            .onExit()
            .thenApply(end -> true)
            .completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
            .join());
  }

  /** What the process writes to standard output. */
  BufferedReader standardOutput() {
    return process.inputReader(StandardCharsets.UTF_8);
  }

  boolean alive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Completes when the process has ended, for whatever reason. */
  CompletableFuture<Process> end() {
    return process.onExit();
  }

  /** The failure to report when the process ended before it was ready. */
  EmbeddedServerException failedToStart(Path logs) {
    String exit = process.isAlive() ? "is not ready" : "ended with status " + process.exitValue();
    return new EmbeddedServerException(
        name + " did not start: it " + exit + ". Its logs are in " + logs + "." + tail());
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
      List<String> last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
      return last.isEmpty() ? "" : " It said last:\n  " + String.join("\n  ", last);
    } catch (IOException unreadable) {
      return "";
    }
  }

  /** Ends the standard input, which asks for a stop in good order, and waits for it. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException alreadyClosed) {
      // The process is gone, and its end of the pipe with it.
    }
    awaitOrKill(process.toHandle(), STOP_PATIENCE);
  }
}
