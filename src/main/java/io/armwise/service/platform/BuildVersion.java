package io.armwise.service.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import picocli.CommandLine.IVersionProvider;

/** What was built from what: the version and the commit that the jar's manifest has. */
public final class BuildVersion implements IVersionProvider {

  /** For example {@code 0.1.0 (2fd4886a1c0b)}; {@code development} when run from classes. */
  public static String current() {
    try {
      Path jar =
          Path.of(BuildVersion.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (!Files.isRegularFile(jar)) {
        return "development";
      }
      try (JarFile file = new JarFile(jar.toFile())) {
        Manifest manifest = file.getManifest();
        Attributes main = manifest.getMainAttributes();
        return main.getValue("Implementation-Version")
            + " ("
            + main.getValue("Implementation-Commit")
            + ")";
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the place of a class must be a path", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {"armwise " + current(), "Java " + Runtime.version()};
  }
}
