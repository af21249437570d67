package io.armwise.bandits.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AssignmentVectorsTest {

  @Test
  void thePublishedVectorsStillHold() throws IOException {
    assertThat(AssignmentVectors.salts()).isEqualTo(lines(AssignmentVectors.SALTS));
    assertThat(AssignmentVectors.allocations()).isEqualTo(lines(AssignmentVectors.ALLOCATIONS));
    assertThat(AssignmentVectors.assignments()).isEqualTo(lines(AssignmentVectors.ASSIGNMENTS));
  }

  @Test
  void aClientInJavaScriptAgrees() throws IOException, InterruptedException, URISyntaxException {
    assumeTrue(nodeIsInstalled(), "skipped: no program 'node' on the PATH");
    Path script =
        Path.of(
            Objects.requireNonNull(getClass().getResource("/vectors/verify.mjs"), "verify.mjs")
                .toURI());
    Process node = new ProcessBuilder("node", script.toString()).redirectErrorStream(true).start();
    String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(node.exitValue()).as(output).isZero();
    // One check per salt, per unit's hash, traffic, two buckets and per arm of each allocation.
    long units = AssignmentVectors.assignments().size() - 1L;
    long allocations = AssignmentVectors.allocations().size() - 1L;
    long salts = AssignmentVectors.salts().size() - 1L;
    assertThat(output).contains("checked " + (salts + units * (4 + allocations)) + " values");
  }

  private static boolean nodeIsInstalled() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
  }

  private static List<String> lines(String file) throws IOException {
    try (InputStream in = AssignmentVectorsTest.class.getResourceAsStream("/vectors/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }
}
