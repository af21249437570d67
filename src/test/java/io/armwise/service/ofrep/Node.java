package io.armwise.service.ofrep;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs scripts with the stock JavaScript providers, which npm installs below the build folder once.
 * Where there is no Node.js or no registry, the tests that need them are skipped and say so.
 */
final class Node {
  private static final Path FOLDER = Path.of("target", "npm");
  private static @Nullable String reasonToSkip;
  private static boolean installed;

  private Node() {}

  /** Installs the providers, or skips the calling test. */
  static synchronized void require() {
    if (!installed) {
      installed = true;
      reasonToSkip = install();
    }
    assumeTrue(reasonToSkip == null, () -> "JavaScript providers not tested: " + reasonToSkip);
  }

  private static @Nullable String install() {
    try {
      Files.createDirectories(FOLDER);
      copy("package.json");
      copy("server-provider.cjs");
      copy("web-provider.cjs");
      Path log = FOLDER.resolve("install.log");
      Process npm =
          new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts")
              .directory(FOLDER.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!npm.waitFor(3, TimeUnit.MINUTES)) {
        npm.destroyForcibly();
        return "npm install did not end within 3 minutes";
      }
      return npm.exitValue() == 0 ? null : "npm install failed:\n" + Files.readString(log);
    } catch (IOException e) {
      return "npm cannot be run: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while npm installs", e);
    }
  }

  private static void copy(String name) throws IOException {
    try (InputStream in = Node.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      Files.copy(in, FOLDER.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Starts a script; its errors go to the test's output. */
  static Process start(String script, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder(List.of("node", script))
            .directory(FOLDER.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a script to its end and returns what it prints. */
  static String run(String script, Map<String, String> environment, String input) {
    Process process = start(script, environment);
    try {
      process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(script + " ended with " + process.exitValue() + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + script + " runs", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
