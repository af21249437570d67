package io.armwise.service.simulation;

import io.armwise.simulations.suite.SuiteFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The suites that come with the simulator. Pure. */
public final class ExampleSuites {
  /** Their names, the quickest first. */
  public static final List<String> NAMES =
      List.of("quick", "error-rates", "thompson-vs-the-rest", "delay-and-drift");

  private ExampleSuites() {}

  /** The YAML of an example. */
  public static Optional<String> text(String name) {
    return NAMES.contains(name) ? Optional.of(read(name)) : Optional.empty();
  }

  private static String read(String name) {
    try (InputStream file = SuiteFile.class.getResourceAsStream("/suites/" + name + ".yaml")) {
      if (file == null) {
        throw new IllegalStateException("the suite " + name + " is not among the resources");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
